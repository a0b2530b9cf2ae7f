"""The public submodules of Gradio's API (`events`, `layouts`, …) as views of this package.

A view holds no code: each of its names stands in one of our modules, or is the public name of the
same spelling.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, Any

from limelight import catalog

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["SUBMODULES", "Views", "install"]

_ERRORS = "limelight.errors"
_MESSAGES = "limelight.components.multimodal_textbox.multimodal_textbox"
_CHAT = "limelight.components.chatbot.messages"


def _public(*names: str) -> dict[str, str]:
    """Names that are public names of the package, too."""
    return {name: f"{catalog.NAMES[name]}:{name}" for name in names if name in catalog.NAMES}


SUBMODULES: dict[str, dict[str, str]] = {
    "blocks": {
        "Block": "limelight.core.block:Block",
        "BlockContext": "limelight.core.container:Container",
        **_public("Blocks"),
    },
    "chat_interface": _public("ChatInterface"),
    "components.base": {
        **_public("Component", "component"),
        "ComponentBase": "limelight.core.component:Component",
        "FormComponent": "limelight.core.component:FormComponent",
        "StreamingInput": "limelight.core.streaming:StreamingInput",
        "StreamingOutput": "limelight.core.streaming:StreamingOutput",
        "get_component_instance": "limelight.core.lookup:get_component_instance",
        "server": "limelight.core.component:server",
    },
    "components.chatbot": {
        **_public("Chatbot", "ChatMessage", "MessageDict"),
        "ChatbotDataMessages": f"{_CHAT}:ChatbotDataMessages",
        "ComponentMessage": f"{_CHAT}:ComponentMessage",
        "ExampleMessage": f"{_CHAT}:ExampleMessage",
        "FileMessage": f"{_CHAT}:FileMessage",
        "Message": f"{_CHAT}:Message",
        "MetadataDict": f"{_CHAT}:MetadataDict",
        "OptionDict": f"{_CHAT}:OptionDict",
        "TextMessage": f"{_CHAT}:TextMessage",
    },
    "components.image": _public("Image"),
    "components.label": {
        **_public("Label"),
        "LabelData": "limelight.components.label.label:LabelData",
        "LabelConfidence": "limelight.components.label.label:LabelConfidence",
    },
    "components.multimodal_textbox": {
        **_public("MultimodalTextbox"),
        "MultimodalData": f"{_MESSAGES}:MultimodalData",
        "MultimodalValue": f"{_MESSAGES}:MultimodalValue",
    },
    "components.textbox": _public("Textbox", "InputHTMLAttributes"),
    "data_classes": {
        "FileData": "limelight.core.filedata:FileData",
        "FileDataDict": "limelight.wire.files:FileDataDict",
        "ImageData": "limelight.core.filedata:ImageData",
        "MediaStreamChunk": "limelight.core.streaming:MediaStreamChunk",
    },
    "events": {
        **_public(
            "EventData",
            "SelectData",
            "KeyUpData",
            "DeletedFileData",
            "LikeData",
            "RetryData",
            "UndoData",
            "EditData",
            "DownloadData",
            "CopyData",
            "on",
            "api",
        ),
        "Dependency": "limelight.core.trigger:Dependency",
        "EventListener": "limelight.core.trigger:Event",
        "EventListenerMethod": "limelight.core.trigger:Trigger",
        "Events": "limelight.core.events:Events",
        "all_events": "limelight.core.events:CATALOGUE",
    },
    "caching": _public("Cache", "cache"),
    "external": _public("load", "load_chat", "load_openapi"),
    "exceptions": {
        "DuplicateBlockError": f"{_ERRORS}:DuplicateBlockError",
        "InvalidComponentError": f"{_ERRORS}:PropError",
        "ModelNotFoundError": f"{_ERRORS}:NotAvailable",
        "RenderError": f"{_ERRORS}:LayoutError",
        "InvalidApiNameError": f"{_ERRORS}:InvalidApiName",
        "InvalidApiName": f"{_ERRORS}:InvalidApiName",
        "ServerFailedToStartError": f"{_ERRORS}:ServerFailedToStartError",
        "InvalidBlockError": f"{_ERRORS}:ListenerError",
        "ReloadError": f"{_ERRORS}:LimelightError",
        "GradioVersionIncompatibleError": f"{_ERRORS}:NotAvailable",
        "ComponentProcessingError": f"{_ERRORS}:ValueRejected",
        "Error": f"{_ERRORS}:Error",
        "ComponentDefinitionError": f"{_ERRORS}:PropError",
        "InvalidPathError": f"{_ERRORS}:FileAccessError",
        "ChecksumMismatchError": f"{_ERRORS}:LimelightError",
        "ShareCertificateWriteError": f"{_ERRORS}:LimelightError",
        "TooManyRequestsError": f"{_ERRORS}:LimelightError",
    },
    "flagging": {
        **_public("FlaggingCallback", "SimpleCSVLogger", "CSVLogger"),
        "ClassicCSVLogger": "limelight.app.flagging:ClassicCSVLogger",
        "FlagMethod": "limelight.app.flagging:FlagMethod",
    },
    "helpers": {
        **_public(
            "Examples", "Progress", "Info", "Warning", "Success", "skip", "update", "validate"
        ),
        "create_examples": "limelight.app.examples:Examples",
        "TrackedIterable": "limelight.core.progress:TrackedIterable",
    },
    "interface": _public("Interface", "TabbedInterface", "close_all"),
    "layouts": _public(
        "Accordion",
        "Column",
        "Draggable",
        "Form",
        "Group",
        "Row",
        "Sidebar",
        "Step",
        "Tab",
        "TabItem",
        "Tabs",
        "Walkthrough",
    ),
    "route_utils": _public("Header", "Request"),
    "routes": {
        "App": "starlette.applications:Starlette",
        **_public("Request", "mount_gradio_app"),
    },
    "templates": _public("Files", "TextArea"),
    "utils": _public("FileSize", "set_static_paths"),
    "themes.utils": {name: f"limelight.themes:{name}" for name in ("colors", "fonts", "sizes")},
    "themes.utils.colors": {},
    "themes.utils.fonts": {},
    "themes.utils.sizes": {},
}
"""What `from … import *` takes from each view, as `module:name`; all public names are there."""

_SOURCES = {
    f"themes.utils.{name}": f"limelight.themes.{name}" for name in SUBMODULES["themes.utils"]
}
"""Views that show one module of ours."""


class _View(ModuleType):
    """A submodule whose names are looked up when they are used."""

    def __getattr__(self, name: str) -> Any:
        table: dict[str, str] = self.__dict__.get("_table", {})
        source: str | None = self.__dict__.get("_source")
        if source is not None and not name.startswith("__"):
            return getattr(import_module(source), name)
        if name in table:
            module, _, attribute = table[name].partition(":")
            value = getattr(import_module(module), attribute)
        elif name in catalog.NAMES:
            value = getattr(import_module(catalog.NAMES[name]), name)
        else:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        self.__dict__[name] = value
        return value

    def __dir__(self) -> list[str]:
        return sorted({*self.__dict__, *self.__dict__.get("_table", {}), *catalog.NAMES})


class Views(MetaPathFinder, Loader):
    """Finds the views below `limelight`, and everything below `gradio` once it is installed."""

    def __init__(self, root: str) -> None:
        self.root = root

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where a module is found: here, if it is one of ours; None leaves it to others."""
        _ = path, target
        if fullname == self.root and self.root != "limelight":
            return ModuleSpec(fullname, self, is_package=True)
        head, _, rest = fullname.partition(".")
        if head != self.root or not rest:
            return None
        if rest in SUBMODULES or (self.root != "limelight" and self._own(rest) is not None):
            return ModuleSpec(fullname, self, is_package=True)
        return None

    @staticmethod
    def _own(rest: str) -> str | None:
        """Our module that stands for a submodule of the other name."""
        top = rest.partition(".")[0]
        if top not in catalog.MODULES:
            return None
        return ".".join([catalog.MODULES[top], *rest.split(".")[1:]])

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """A view, or our module that stands for it."""
        rest = spec.name.partition(".")[2]
        if not rest:
            return import_module("limelight")
        if rest in SUBMODULES:
            view = _View(spec.name)
            view.__dict__["_table"] = SUBMODULES[rest]
            view.__dict__["__all__"] = sorted(SUBMODULES[rest])
            view.__dict__["_source"] = _SOURCES.get(rest)
            return view
        own = self._own(rest)
        assert own is not None  # noqa: S101  # checked by find_spec
        return import_module(own)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run: a view's names are looked up when they are used."""


class _Alias(Views):
    """Gives our modules under another name without renaming them."""

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        rest = spec.name.partition(".")[2]
        ours = "limelight" if not rest else f"limelight.{rest}"
        module = sys.modules.get(ours) or import_module(ours)
        if rest in SUBMODULES and not isinstance(module, _View):
            return super().create_module(spec)  # a component's folder, which exports nothing
        self._spec_of_ours = (module, module.__spec__, getattr(module, "__path__", None))
        return module

    def exec_module(self, module: ModuleType) -> None:
        ours, spec, path = self._spec_of_ours
        if ours is module:  # the import system has written its own spec over ours
            module.__spec__ = spec
            if path is not None:
                module.__path__ = path


def install() -> None:
    """Make `gradio` and its submodules names of ours."""
    if not any(isinstance(finder, _Alias) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Alias("gradio"))
