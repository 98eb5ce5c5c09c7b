"""Exports of conversations with assistants: ChatGPT and claude.ai."""
