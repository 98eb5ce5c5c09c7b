"""Slack's exports, also of odd workspaces."""
