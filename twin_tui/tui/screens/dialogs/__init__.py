"""What is asked or told over the screen below."""
