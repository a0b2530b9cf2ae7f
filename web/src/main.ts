/** The page's entry: defines `<gradio-app>`, which draws the app into itself. */

import "$theme/base.css";
import { boot } from "./app/boot";

class GradioApp extends HTMLElement {
  private isStarted = false;

  connectedCallback(): void {
    if (this.isStarted) return; // moved within the page
    this.isStarted = true;
    void boot(this);
  }
}

customElements.define("gradio-app", GradioApp);
