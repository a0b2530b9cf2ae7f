/** What blocks without a label are called, by tag, where it is not the tag in capitals. */

export const MORE_NAMES: Readonly<Record<string, string>> = {
  annotatedimage: "Annotated Image",
  bokeh: "Plot",
  checkboxgroup: "Checkbox Group",
  colorpicker: "Color Picker",
  datetime: "Date Time",
  dataset: "Examples",
  fileexplorer: "File Explorer",
  highlightedtext: "Highlighted Text",
  imageeditor: "Image Editor",
  imageslider: "Image Slider",
  json: "JSON",
  html: "HTML",
  model3d: "3D Model",
  multimodaltextbox: "Multimodal Textbox",
  nativeplot: "Plot",
  paramviewer: "Parameters",
  rangeslider: "Range Slider",
  segmentedcontrol: "Segmented Control",
  uploadbutton: "Upload",
};
