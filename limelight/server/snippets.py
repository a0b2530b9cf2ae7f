"""Ready-made calls of an endpoint as text: Python, JavaScript, curl and the command line."""

from __future__ import annotations

import json
import shlex
from typing import Any, TypeGuard, cast

__all__ = ["snippets"]


def snippets(name: str, endpoint: dict[str, Any], root: str) -> dict[str, str]:
    """One text per language.

    Args:
        name: The endpoint's name with its slash.
        endpoint: Its description.
        root: Absolute address of the app, without trailing slash.
    """
    values = [
        (
            p["parameter_name"],
            p["parameter_default"] if p["parameter_has_default"] else p["example_input"],
        )
        for p in endpoint["parameters"]
    ]
    return {
        "python": _python(name, values, root),
        "javascript": _javascript(name, values, root),
        "bash": _bash(name, values, root),
        "cli": _cli(name, values, root),
    }


def _is_file(value: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict) and "meta" in value and ("path" in value or "url" in value)


def _items(value: Any) -> list[Any]:
    """A list as one of anything, for the type checkers."""
    found: list[Any] = value
    return found


def _source(value: dict[str, Any]) -> str:
    return str(value.get("url") or value.get("path") or "")


def _python_value(value: Any) -> str:
    if _is_file(value):
        return f"handle_file({_source(value)!r})"
    if isinstance(value, list):
        return "[" + ", ".join(map(_python_value, _items(value))) + "]"
    if isinstance(value, dict):
        items = cast("dict[str, Any]", value).items()
        return "{" + ", ".join(f"{k!r}: {_python_value(v)}" for k, v in items) + "}"
    return repr(value)


def _holds_file(value: Any) -> bool:
    if isinstance(value, dict):
        return _is_file(value) or any(map(_holds_file, cast("dict[str, Any]", value).values()))
    return isinstance(value, list) and any(map(_holds_file, _items(value)))


def _python(name: str, values: list[tuple[str, Any]], root: str) -> str:
    imports = "Client, handle_file" if any(_holds_file(v) for _, v in values) else "Client"
    lines = [
        f"from gradio_client import {imports}",
        "",
        f'client = Client("{root}/")',
        "result = client.predict(",
    ]
    lines += [f"    {key}={_python_value(value)}," for key, value in values]
    return "\n".join([*lines, f'    api_name="{name}",', ")", "print(result)"])


def _javascript(name: str, values: list[tuple[str, Any]], root: str) -> str:
    has_file = any(_holds_file(v) for _, v in values)
    lines = [
        'import { Client%s } from "@gradio/client";' % (", handle_file" if has_file else ""),
        "",
    ]
    lines.append(f'const app = await Client.connect("{root}/");')
    lines.append(f'const result = await app.predict("{name}", {{')
    lines += [f"  {key}: {_javascript_value(value)}," for key, value in values]
    return "\n".join([*lines, "});", "console.log(result.data);"])


def _javascript_value(value: Any) -> str:
    if _is_file(value):
        return f"handle_file({json.dumps(_source(value))})"
    if isinstance(value, list):
        return "[" + ", ".join(map(_javascript_value, _items(value))) + "]"
    if isinstance(value, dict):
        items = cast("dict[str, Any]", value).items()
        return "{" + ", ".join(f"{json.dumps(k)}: {_javascript_value(v)}" for k, v in items) + "}"
    return json.dumps(value, ensure_ascii=False)


def _bash(name: str, values: list[tuple[str, Any]], root: str) -> str:
    body = json.dumps(dict(values), ensure_ascii=False)
    url = f"{root}/gradio_api/call"
    return (
        f"EVENT_ID=$(curl -s -X POST {url}/v2{name} -H 'Content-Type: application/json' \\\n"
        f"  -d {shlex.quote(body)} \\\n"
        "  | awk -F'\"' '{ print $4 }')\n"
        f"curl -N {url}{name}/$EVENT_ID"
    )


def _cli(name: str, values: list[tuple[str, Any]], root: str) -> str:
    body = json.dumps(dict(values), ensure_ascii=False)
    return f"gradio predict {root}/ {name} {shlex.quote(body)}"
