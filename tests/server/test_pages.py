from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from limelight.app.blocks import Blocks
from limelight.components.textbox import Textbox
from limelight.server.app import create_app
from tests.server.harness import in_process, make_app

if TYPE_CHECKING:
    from pathlib import Path

    import httpx
    from starlette.applications import Starlette

MANIFEST: dict[str, Any] = {
    "src/main.ts": {
        "file": "main-abcd1234.js",
        "isEntry": True,
        "imports": ["_shell.js"],
        "css": ["main-abcd1234.css"],
    },
    "_shell.js": {"file": "shell-abcd1234.js", "css": ["shell-abcd1234.css"]},
    "../limelight/components/textbox/Textbox.svelte": {
        "file": "Textbox-abcd1234.js",
        "imports": ["_shell.js"],
        "css": ["Textbox-abcd1234.css"],
    },
    "../limelight/components/checkbox_group/CheckboxGroup.svelte": {
        "file": "CheckboxGroup-abcd1234.js"
    },
    "../limelight/components/slider/Slider.svelte": {"file": "Slider-abcd1234.js"},
}


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    folder = tmp_path / "assets"
    (folder / ".vite").mkdir(parents=True)
    (folder / ".vite" / "manifest.json").write_text(json.dumps(MANIFEST))
    (folder / "main-abcd1234.js").write_text("x" * 1000)
    (folder / "main-abcd1234.js.br").write_bytes(b"brotli")
    (folder / "main-abcd1234.js.gz").write_bytes(b"gzip")
    (folder / "plain.txt").write_text("plain")
    return folder


def with_assets(assets: Path, app: Starlette | None = None, **options: Any) -> Starlette:
    site = (app or make_app()).state.site
    changed = msgspec.structs.replace(site.options, assets=assets, **options)
    return create_app(site.graph, site.runtime, changed)


async def page(app: Starlette, path: str = "/") -> httpx.Response:
    async with in_process(app) as client:
        return await client.get(path, headers={"accept-encoding": "identity"})


async def test_the_page_holds_its_config_and_its_files(assets: Path) -> None:
    answer = await page(with_assets(assets))
    found = re.search(r"window\.gradio_config = (.*?);</script>", answer.text)
    assert found is not None
    config = json.loads(found[1])
    assert config["current_page"] == ""
    assert config["deep_link_state"] == "none"
    assert not re.search(r"[<>&']|\u2028", found[1])
    assert '<script type="module" src="assets/main-abcd1234.js">' in answer.text
    scripts = re.findall(
        r'<script type="module" src="assets/(\w+)-abcd1234\.js"></script>', answer.text
    )
    assert scripts[0] == "main"
    assert {"Textbox", "shell"} <= set(scripts)
    assert '<link rel="stylesheet" href="assets/Textbox-abcd1234.css">' in answer.text
    assert "Slider-abcd1234" not in answer.text
    assert "<title>A &lt;/script&gt; title</title>" in answer.text


async def test_files_are_told_before_a_long_config_and_styles_hold_up_only_what_follows(
    assets: Path,
) -> None:
    with Blocks() as app:
        Textbox("x" * 20_000)
    text = (await page(with_assets(assets, make_app(app)))).text
    order = [
        'src="assets/main-abcd1234.js"',
        '<link rel="preload" as="style" href="assets/Textbox-abcd1234.css">',
        '<script type="module" src="assets/Textbox-abcd1234.js">',
        "window.gradio_config = ",
        '<link rel="stylesheet" href="assets/Textbox-abcd1234.css">',
    ]
    assert [text.count(part) for part in order] == [1] * len(order)
    assert sorted(order, key=text.index) == order


async def test_nothing_in_the_page_leads_to_another_host(assets: Path) -> None:
    text = (await page(with_assets(assets))).text
    outside = re.sub(r"window\.gradio_config = .*?;</script>", "", text)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', outside)
    assert not re.search(r'(?:src|href)="/', outside)


async def test_the_first_paint_shows_labels_and_buttons(assets: Path) -> None:
    text = (await page(with_assets(assets))).text
    main = text[text.index("<main>") : text.index("</main>")]
    assert "<span>Greeting</span>" in main
    assert '<a class="lg primary"' in main
    assert 'class="form"' in main


async def test_headers_of_a_page(assets: Path) -> None:
    answer = await page(with_assets(assets))
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self' 'sha256-" in policy
    assert "unsafe-inline" not in policy
    assert "object-src 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie


async def test_inline_scripts_are_those_that_the_policy_names(assets: Path) -> None:
    import base64
    import hashlib

    answer = await page(with_assets(assets))
    scripts = re.findall(r"<script>(.*?)</script>", answer.text, flags=re.DOTALL)
    assert len(scripts) == 2
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in answer.headers["content-security-policy"]


async def test_an_authors_markup_loosens_the_policy(assets: Path) -> None:
    app = make_app(head="<script src='https://cdn.example/x.js'></script>", css=".a{} </style>")
    answer = await page(with_assets(assets, app))
    assert "'unsafe-inline'" in answer.headers["content-security-policy"]
    assert "https://cdn.example/x.js" in answer.text
    assert '<style data-custom="css">.a{} <\\/style></style>' in answer.text


async def test_embedding_can_be_limited(assets: Path) -> None:
    answer = await page(with_assets(assets, frame_ancestors="'self' https://a.example"))
    assert "frame-ancestors 'self' https://a.example" in answer.headers["content-security-policy"]


async def test_the_cookie_is_kept_and_secure_over_tls(assets: Path) -> None:
    async with in_process(with_assets(assets), client=("127.0.0.1", 1)) as client:
        first = await client.get("/", headers={"x-forwarded-proto": "https"})
        assert "Secure" in first.headers["set-cookie"]
        name, value = first.headers["set-cookie"].split(";")[0].split("=", 1)
        again = await client.get("/", headers={"cookie": f"{name}={value}"})
        assert "set-cookie" not in again.headers
        forged = await client.get("/", headers={"cookie": f"{name}={value[:-2]}xx"})
        assert "set-cookie" in forged.headers


async def test_cookies_of_dead_processes_do_not_pile_up(assets: Path) -> None:
    async with in_process(with_assets(assets)) as client:
        old = "; ".join(f"limelight-id-80-{i:08x}=x" for i in range(20))
        answer = await client.get("/", headers={"cookie": old})
        assert sum("Max-Age=0" in c for c in answer.headers.get_list("set-cookie")) == 20


async def test_pages_have_addresses_with_and_without_slash(assets: Path) -> None:
    async with in_process(with_assets(assets)) as client:
        assert '"current_page":"second"' in (await client.get("/second")).text
        moved = await client.get("/second/?a=b")
        assert (moved.status_code, moved.headers["location"]) == (301, "../second?a=b")
        assert (await client.head("/second")).status_code == 200
        assert (await client.head("/")).status_code == 200
        assert (await client.post("/second")).status_code == 405
        missing = await client.get("/third")
        assert (missing.status_code, missing.json()) == (404, {"detail": "Not Found"})


async def test_pages_are_compressed(assets: Path) -> None:
    async with in_process(with_assets(assets)) as client:
        packed = await client.get("/", headers={"accept-encoding": "gzip"})
        plain = await client.get("/", headers={"accept-encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.text == plain.text


async def test_without_assets_the_page_says_how_to_build_them(tmp_path: Path) -> None:
    answer = await page(with_assets(tmp_path))
    assert answer.status_code == 200
    assert "make install build" in answer.text


async def test_assets_are_kept_for_ever_and_come_compressed(assets: Path) -> None:
    async with in_process(with_assets(assets)) as client:
        for accepted, coding, body in (("br, gzip", "br", b"brotli"), ("gzip", "gzip", b"gzip")):
            async with client.stream(
                "GET", "/assets/main-abcd1234.js", headers={"accept-encoding": accepted}
            ) as answer:
                raw = b"".join([chunk async for chunk in answer.aiter_raw()])
            assert (answer.headers["content-encoding"], raw) == (coding, body)
            assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
            assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
            assert "etag" not in answer.headers
        plain = await client.get("/assets/main-abcd1234.js", headers={"accept-encoding": "br;q=0"})
        assert plain.text == "x" * 1000
        assert (await client.get("/assets/plain.txt")).headers["cache-control"] == "no-cache"
        for bad in ("main-abcd1234.js.br", ".vite/manifest.json", "..%2fsecret", "nope.js", ""):
            assert (await client.get(f"/assets/{bad}")).status_code == 404


async def test_what_surrounds_the_page(assets: Path, tmp_path: Path) -> None:
    async with in_process(with_assets(assets)) as client:
        assert (await client.get("/robots.txt")).text == "User-agent: *\nDisallow: "
        manifest = await client.get("/manifest.json")
        assert manifest.headers["content-type"] == "application/manifest+json"
        assert manifest.json()["start_url"] == "./"
        assert (await client.get("/favicon.ico")).headers["content-type"] == "image/svg+xml"
        assert '<link rel="icon" href="data:image/svg+xml,<svg ' in (await client.get("/")).text
        assert (await client.get("/pwa_icon")).status_code == 404
        for path in ("/theme.css", "/gradio_api/theme.css"):
            css = await client.get(path)
            assert css.headers["content-type"] == "text/css; charset=utf-8"
            assert "--body-background-fill" in css.text
    icon = tmp_path / "icon.png"
    icon.write_bytes(b"png")
    async with in_process(with_assets(assets, favicon_path=str(icon), is_shared=True)) as client:
        answer = await client.get("/favicon.ico")
        assert (answer.content, answer.headers["content-type"]) == (b"png", "image/png")
        assert '<link rel="icon" href="favicon.ico">' in (await client.get("/")).text
        assert (await client.get("/robots.txt")).text.endswith("Disallow: /")


async def test_features_that_are_off_say_so() -> None:
    async with in_process() as client:
        for path in (
            "/monitoring",
            "/monitoring/summary",
            "/monitoring/key",
            "/gradio_api/vibe-code",
        ):
            assert (await client.get(path)).status_code == 403
        proxied = await client.get("/gradio_api/proxy=https://example.hf.space/x")
        assert (proxied.status_code, proxied.json()) == (
            400,
            {"detail": "This URL cannot be proxied."},
        )
        assert (await client.get("/gradio_api/deep_link?session_hash=s")).json() == ""


async def test_the_first_paint_brings_only_the_rules_that_it_uses(assets: Path) -> None:
    text = (await page(with_assets(assets))).text
    assert ".fp .block>span{" in text
    assert ".fp .tab-nav{" not in text


async def test_the_config_in_the_page_leaves_out_what_only_clients_read(assets: Path) -> None:
    text = (await page(with_assets(assets))).text
    assert '"type":"textbox"' in text
    assert '"api_info"' not in text
    assert '"theme_hash"' not in text
