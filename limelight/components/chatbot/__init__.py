"""Public names of `gradio.components.chatbot`, for apps that import them from there."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_NAMES = {
    "Chatbot": "chatbot",
    "ChatMessage": "messages",
    "ChatbotDataMessages": "messages",
    "ComponentMessage": "messages",
    "ExampleMessage": "messages",
    "FileMessage": "messages",
    "Message": "messages",
    "MessageDict": "messages",
    "MetadataDict": "messages",
    "OptionDict": "messages",
    "TextMessage": "messages",
}


def __getattr__(name: str) -> Any:
    # Looked up late: an app with a conversation rarely needs them.
    if name not in _NAMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_NAMES[name]}"), name)
