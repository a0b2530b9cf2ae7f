/**
 * The phrases that the shared parts show, in English, by key.
 *
 * Knows nothing of languages: the shell's catalogue may hold a translation under the same key, and wins.
 */

/** Text for a key, with `{name}` placeholders filled; the key itself when the catalogue does not have it. */
export type Translate = (key: string, values?: Record<string, string | number>) => string;

export const PHRASES = {
  "ui.buttons": "Actions",
  "ui.cancel": "Cancel",
  "ui.clear": "Clear",
  "ui.close": "Close",
  "ui.copied": "Copied",
  "ui.copy": "Copy",
  "ui.copy_code": "Copy code",
  "ui.copy_failed": "The browser did not allow copying.",
  "ui.download": "Download",
  "ui.error": "Error",
  "ui.info": "Info",
  "ui.success": "Success",
  "ui.warning": "Warning",
  "ui.reset": "Reset to default value",
  "ui.submit": "Submit",
  "ui.stop": "Stop",
  "ui.select_all": "Select/Deselect All",
  "ui.slider_number": "number input for {label}",
  "ui.slider_range": "range slider for {label}",
  "ui.characters_left": "{count} characters left",
  "ui.search": "Search",
  "ui.footnotes": "Footnotes",
  "ui.footnote_back": "Back to reference {number}",
  "ui.heading_link": "Link to this section: {name}",
  "ui.html_failed": "This part could not be drawn",
  "ui.fullscreen": "Fullscreen",
  "ui.fullscreen_exit": "Exit fullscreen mode",
  "ui.notifications": "Notifications",

  "ui.dropdown_choices": "Choices",
  "ui.dropdown_none": "No choice matches",
  "ui.dropdown_more": "{shown} of {count} shown. Type to find the others.",
  "ui.dropdown_remove": "Remove {name}",
  "ui.empty": "Empty value",
  "ui.expand": "Expand",
  "ui.collapse": "Collapse",
  "ui.more_items": "Show {count} more",
  "ui.tabs_more": "More tabs",
  "ui.sidebar_toggle": "Toggle Sidebar",

  "ui.status_queue": "queue: {position}/{size}",
  "ui.status_queue_unknown": "queue",
  "ui.status_waiting": "Waiting, {position} of {size} in the queue",
  "ui.status_processing": "processing",
  "ui.status_running": "Working",

  "ui.upload_button": "Click to upload or drop files",
  "ui.upload_or": "or",
  "ui.upload_click": "Click to Upload",
  "ui.upload_drop_image": "Drop Image Here",
  "ui.upload_drop_audio": "Drop Audio Here",
  "ui.upload_drop_video": "Drop Video Here",
  "ui.upload_drop_media": "Drop Media Here",
  "ui.upload_drop_pdf": "Drop PDF Here",
  "ui.upload_drop_gallery": "Drop Media Here",
  "ui.upload_drop_csv": "Drop CSV Here",
  "ui.upload_drop_model": "Drop 3D Model Here",
  "ui.upload_drop_directory": "Drop Folder Here",
  "ui.upload_drop_file": "Drop File Here",
  "ui.upload_release": "Release to upload",
  "ui.upload_running": "Uploading {name}",
  "ui.upload_running_many": "Uploading {count} files",
  "ui.upload_failed": "The upload failed.",
  "ui.upload_one": "Only one file can be uploaded here; {count} were given.",
  "ui.upload_type": "'{name}' cannot be used here. Allowed: {accept}.",
  "ui.upload_empty": "No files were found in what was dropped.",

  "ui.file_none": "No files",
  "ui.file_remove": "Remove this file",
  "ui.file_more": "Add files",
  "ui.file_download": "Download {name}, {size}",
  "ui.file_move": "Move {name}, {position} of {count}",
  "ui.file_move_keys": "Drag it, or use the up and down arrow keys",
  "ui.file_moved": "{name} is now {position} of {count}.",

  "ui.image_none": "No image",
  "ui.image_remove": "Remove Image",
  "ui.image_failed": "This image cannot be shown.",
  "ui.image_select": "Select a point in the image",
  "ui.source_select": "select input source",
  "ui.source_upload": "Upload file",
  "ui.source_webcam": "Capture from camera",
  "ui.source_clipboard": "Paste from clipboard",
  "ui.paste": "Click to paste an image",
  "ui.paste_none": "The clipboard has no image.",
  "ui.paste_denied": "The browser did not allow reading the clipboard. Press Ctrl+V or ⌘V here instead.",
  "ui.webcam_open": "Click to Access Webcam",
  "ui.webcam_wait": "Waiting for the camera. Your browser may ask for permission.",
  "ui.webcam_close": "Turn the camera off",
  "ui.webcam_capture": "Take a photo",
  "ui.webcam_record": "Record",
  "ui.webcam_stop": "Stop",
  "ui.webcam_device": "Select input device",
  "ui.webcam_camera": "Camera {number}",
  "ui.webcam_retry": "Try again",
  "ui.webcam_denied": "The camera is blocked. Allow it for this page in the browser, then try again.",
  "ui.webcam_missing": "No camera was found.",
  "ui.webcam_busy": "The camera cannot be used. Another program may be using it.",
  "ui.webcam_insecure": "Cameras work only on pages opened by https or on this computer.",
  "ui.webcam_unfit": "No camera fits what this app asks for.",

  "ui.examples_pages": "Pages:",
  "ui.examples_page": "Page {page}",
  "ui.examples_row": "Example {number}",

  "ui.connection_lost": "Connection Lost. Reconnecting…",
  "ui.connection_attempt": "attempt {attempt}",
  "ui.connection_offline": "You are offline",
  "ui.connection_retry": "Reconnect",
  "ui.update_ready": "This app was updated.",
  "ui.update_reload": "Reload",

  "ui.footer_api": "Use via API",
  "ui.footer_built": "Built with Limelight",
  "ui.footer_settings": "Settings",

  "ui.settings": "Settings",
  "ui.settings_theme": "Theme",
  "ui.settings_light": "Light",
  "ui.settings_dark": "Dark",
  "ui.settings_system": "System",
  "ui.settings_language": "Language",

  "ui.api_title": "API documentation",
  "ui.api_loading": "Loading the list of endpoints…",
  "ui.api_failed": "The list of endpoints could not be loaded.",
  "ui.api_none": "This app has no public endpoints.",
  "ui.api_count_one": "1 endpoint",
  "ui.api_count": "{count} endpoints",
  "ui.api_search": "Search endpoints",
  "ui.api_no_match": "No endpoint matches '{query}'.",
  "ui.api_install": "Install the client",
  "ui.api_parameters": "Parameters",
  "ui.api_returns": "Returns",
  "ui.api_nothing": "Nothing",
  "ui.api_name": "Name",
  "ui.api_type": "Type",
  "ui.api_default": "Default",
  "ui.api_required": "required",
  "ui.api_description": "Description",
  "ui.api_language": "Language",
  "ui.api_current": "Use the values on the page",
  "ui.api_files_python": "Wrap files in handle_file(): a path on your computer or a URL.",
  "ui.api_files_javascript": "Wrap files in handle_file(): a Blob, a Buffer, a path or a URL.",
  "ui.api_files_bash": "Files are given by URL; upload others first with POST {root}/gradio_api/upload.",
} as const;

export type Phrase = keyof typeof PHRASES;

/** `text` with each `{name}` replaced by its value. */
export function fill(text: string, values: Record<string, string | number> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The phrase in the reader's language, in English where the catalogue lacks it or there is none. */
export function phrase(
  t: Translate | null | undefined,
  key: Phrase,
  values?: Record<string, string | number>,
): string {
  const text = t?.(key, values);
  return text === undefined || text === key ? fill(PHRASES[key], values) : text;
}
