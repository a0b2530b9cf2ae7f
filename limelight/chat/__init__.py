"""Conversations: their messages as a tree, and what takes them from one page to the next."""
