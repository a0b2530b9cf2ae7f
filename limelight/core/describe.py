"""A graph as the browser and the clients see it: the config and the API description.

Both are plain JSON values; members that depend on a request (`root`, `username`) are added by the
server.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from limelight.core.component import Component, is_component
from limelight.core.schema import python_type

if TYPE_CHECKING:
    from collections.abc import Callable

    from limelight.core.block import Block
    from limelight.core.container import Container
    from limelight.core.graph import Graph
    from limelight.core.listener import Listener

__all__ = ["PROTOCOL_VERSION", "class_id", "config", "info"]

PROTOCOL_VERSION = "6.31.0"
"""Version of the protocol that we speak; clients choose their requests by it."""


def class_id(cls: type) -> str:
    """A name for a component class: 64 hexadecimal digits, the same in every process."""
    return hashlib.sha256(f"{cls.__module__}.{cls.__qualname__}".encode()).hexdigest()


def component(block: Block, stow: Callable[[Any], Any]) -> dict[str, Any]:
    """One block of the config.

    Args:
        block: The block.
        stow: Replaces files in a payload by handles.
    """
    props = block.get_config()
    if is_component(block) and not block.is_stateful and "value" in type(block).prop_table:
        payload = stow(block.postprocess(block.initial_value))
        if payload is not None:
            props["value"] = payload
    described: dict[str, Any] = {
        "id": block.block_id,
        "type": block.tag,
        "props": stow(props),
        "skip_api": block.skip_api,
        "component_class_id": class_id(type(block)),
        "key": None if block.key is None else _key_number(block.key),
    }
    if is_component(block) and not block.skip_api:
        described["api_info"] = block.api_info()
        described["api_info_as_input"] = block.api_info_as_input()
        described["api_info_as_output"] = block.api_info_as_output()
        described["example_inputs"] = block.example_inputs()
    return described


def _key_number(key: Any) -> int:
    return int.from_bytes(hashlib.sha256(repr(key).encode()).digest()[:6], "big")


def _ids(blocks: list[Block] | None) -> list[int] | None:
    return None if blocks is None else [block.block_id for block in blocks]


def dependency(listener: Listener) -> dict[str, Any]:
    """One listener of the config."""
    facts = listener.facts if listener.fn is not None else None
    only = listener.trigger_only_on
    streams = listener.connection == "stream"
    return {
        "id": listener.id,
        "targets": [
            [None if block is None or event == "unload" else block.block_id, event]
            for block, event in listener.targets
        ],
        "inputs": _ids(listener.inputs),
        "outputs": _ids(listener.outputs),
        "backend_fn": listener.fn is not None,
        "js": listener.js,
        "queue": listener.queue,
        "api_name": listener.api_name,
        "api_description": listener.api_description,
        "api_visibility": listener.api_visibility,
        "scroll_to_output": listener.scroll_to_output,
        "show_progress": listener.show_progress,
        "show_progress_on": _ids(listener.show_progress_on),
        "batch": listener.batch,
        "max_batch_size": listener.max_batch_size,
        "cancels": [cancelled.id for cancelled in listener.cancels],
        "types": {
            "generator": facts is not None and facts.is_generator,
            "cancel": listener.is_cancel_only,
        },
        "collects_event_data": facts is not None and facts.collects_event_data,
        "trigger_after": listener.trigger_after.id if listener.trigger_after else None,
        "trigger_only_on_success": only == "success",
        "trigger_only_on_failure": only == "failure",
        "trigger_mode": listener.trigger_mode,
        "rendered_in": listener.rendered_in,
        "render_id": listener.render_id,
        "connection": listener.connection,
        "time_limit": listener.time_limit,
        "stream_every": listener.stream_every,
        "event_specific_args": ["stream_every"] if streams else None,
        "component_prop_inputs": listener.whole_inputs,
        "js_implementation": None,
    }


def layout(root: Container, top_id: int) -> dict[str, Any]:
    """The tree of a page: ids and children."""

    def node(block: Block) -> dict[str, Any]:
        children: list[Block] | None = getattr(block, "children", None)
        if children is None:
            return {"id": block.block_id}
        return {"id": block.block_id, "children": [node(child) for child in children]}

    return {"id": top_id, "children": [node(child) for child in root.children]}


def _page_ids(graph: Graph, path: str) -> list[int]:
    ids = [block.block_id for block in graph.placed(path)]
    if (
        path == ""
    ):  # blocks that stand nowhere, such as a State made outside, belong to the main page
        placed = {b.block_id for other in graph.pages for b in graph.placed(other)}
        roots = {page.root.block_id for page in graph.pages.values()}
        ids += [i for i in graph.blocks if i not in placed and i not in roots]
    return sorted(ids)


def _page_listeners(graph: Graph, path: str, ids: set[int]) -> list[int]:
    if len(graph.pages) == 1:
        return list(graph.listeners)
    found: list[int] = []
    for listener in graph.listeners.values():
        first = listener
        while first.trigger_after is not None:
            first = first.trigger_after
        homes = [b for b, _ in first.targets if b is not None] or first.outputs or first.inputs
        roots = {page.root: p for p, page in graph.pages.items()}
        is_here = any(b.block_id in ids or roots.get(b) == path for b in homes)  # type: ignore[call-overload]
        if is_here or (not homes and path == ""):
            found.append(listener.id)
    return found


def config(graph: Graph, stow: Callable[[Any], Any], *, page: str | None = None) -> dict[str, Any]:
    """The app as the browser first sees it.

    Args:
        graph: The complete app.
        stow: Replaces files in a payload by handles.
        page: Path of the one page to describe; all if None or unknown.
    """
    settings = graph.settings
    root_id = graph.root.block_id
    pages: dict[str, Any] = {}
    for path, entry in graph.pages.items():
        ids = _page_ids(graph, path)
        pages[path] = {
            "layout": layout(entry.root, root_id),
            "components": ids,
            "dependencies": _page_listeners(graph, path, set(ids)),
        }
    shown = pages.get(page) if page is not None else None
    wanted = (
        set(shown["components"]) if shown else {i for p in pages.values() for i in p["components"]}
    )
    kept = set(shown["dependencies"]) if shown else set(graph.listeners)
    whole = {
        "id": root_id,
        "children": [c for p in pages.values() for c in p["layout"]["children"]],
    }
    described = {
        "version": PROTOCOL_VERSION,
        "api_prefix": "/gradio_api",
        "mode": settings.mode,
        "dev_mode": False,
        "vibe_mode": False,
        "analytics_enabled": False,
        "components": [
            component(block, stow) for i, block in sorted(graph.blocks.items()) if i in wanted
        ],
        "css": settings.css,
        "connect_heartbeat": graph.needs_heartbeat(),
        "js": settings.js,
        "head": settings.head,
        "title": settings.title,
        "space_id": None,
        "enable_queue": True,
        "show_error": settings.show_error,
        "footer_links": settings.footer_links
        if settings.footer_links is not None
        else ["api", "gradio", "settings"],
        "run_history": False,
        "is_colab": False,
        "stylesheets": [],
        "protocol": "sse_v3",
        "fill_height": settings.fill_height,
        "fill_width": settings.fill_width,
        "pwa": settings.pwa,
        "pages": [[p.path, p.name, p.show_in_navbar] for p in graph.pages.values()],
        "page": pages,
        "mcp_server": False,
        "i18n_translations": None,
        "dependencies": [dependency(x) for i, x in graph.listeners.items() if i in kept],
        "layout": shown["layout"] if shown else whole,
        "username": None,
    }
    if shown is not None:
        described["current_page"] = page
    return described


# ---- the API ------------------------------------------------------------------------------------

_RESERVED = ("api_name", "fn_index", "result_callbacks")


def _type_members(schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": schema,
        "python_type": {
            "type": python_type(schema),
            "description": str(schema.get("description", "")),
        },
    }


def _component_name(block: Block) -> str:
    name = type(block).__name__
    return name[:1].upper() + name[1:].lower()


def _parameter(
    listener: Listener, position: int, block: Component[Any, Any], value: Any
) -> dict[str, Any]:
    names = listener.facts.parameters
    if position >= len(listener.inputs) - len(listener.kwarg_names) and listener.kwarg_names:
        offset = position - (len(listener.inputs) - len(listener.kwarg_names))
        name = listener.kwarg_names[offset]
    else:
        name = names[position] if position < len(names) and not listener.passes_dict else ""
    has_none_default = name in listener.facts.none_defaults
    if not name or name in _RESERVED:
        name = f"param_{position}"
    return {
        "label": f"parameter_{block.block_id}" if block.label is None else block.label,
        "parameter_name": name,
        "parameter_has_default": value is not None or has_none_default,
        "parameter_default": value,
        **_type_members(block.api_info_as_input()),
        "component": _component_name(block),
        "example_input": block.example_inputs(),
    }


def endpoint(listener: Listener, values: dict[int, Any]) -> dict[str, Any]:
    """One endpoint of the API description; `values` are the first payloads by block id."""
    parameters = [
        _parameter(listener, position, block, values.get(block.block_id))
        for position, block in enumerate(listener.inputs)
        if is_component(block) and not block.skip_api
    ]
    returns = [
        {
            "label": block.label or f"value_{block.block_id}",
            **_type_members(block.api_info_as_output()),
            "component": _component_name(block),
        }
        for block in listener.outputs
        if is_component(block) and not block.skip_api
    ]
    given = listener.api_description
    description = "" if given is False else given or listener.facts.description
    return {
        "parameters": parameters,
        "returns": returns,
        "api_visibility": listener.api_visibility,
        "description": description,
    }


def info(
    graph: Graph,
    stow: Callable[[Any], Any],
    *,
    all_endpoints: bool = False,
    page: str | None = None,
) -> dict[str, Any]:
    """The endpoints of an app that clients can call."""
    shown = {"public", "undocumented"} if all_endpoints else {"public"}
    kept: set[int] | None = None
    if page is not None and page in graph.pages:
        kept = set(_page_listeners(graph, page, set(_page_ids(graph, page))))
    values: dict[int, Any] = {}
    endpoints: dict[str, Any] = {}
    for listener in graph.listeners.values():
        if listener.fn is None or listener.api_visibility not in shown:
            continue
        if kept is not None and listener.id not in kept:
            continue
        for block in listener.inputs:
            is_new = block.block_id not in values
            if is_new and is_component(block) and not block.skip_api:
                values[block.block_id] = stow(block.postprocess(block.initial_value))
        endpoints[f"/{listener.api_name}"] = endpoint(listener, values)
    return {"named_endpoints": endpoints, "unnamed_endpoints": {}}
