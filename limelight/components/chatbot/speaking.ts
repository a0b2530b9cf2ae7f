/** What a screen reader is told of an answer that grows: whole sentences, each once. Draws nothing. */

const SENTENCE_END = /[.!?…:](?=["')\]*_]*\s)|[。！？]|\n/g;
/** A long answer is read in the conversation itself. */
const MOST_CHARACTERS = 600;

export class Speaker {
  private key: unknown;
  private spoken = 0;

  /** What is new and complete of the text called `key`. */
  take(key: unknown, text: string, isDone: boolean): string {
    if (key !== this.key) {
      this.key = key;
      this.spoken = 0;
    }
    if (text.length < this.spoken) this.spoken = 0; // it begins again
    const end = isDone ? text.length : lastEnd(text, this.spoken);
    const fresh = text.slice(this.spoken, end);
    this.spoken = Math.max(this.spoken, end);
    return plain(fresh).slice(0, MOST_CHARACTERS);
  }

  /** Text that was there before anyone listened. */
  skip(key: unknown, text: string): void {
    this.key = key;
    this.spoken = text.length;
  }
}

function lastEnd(text: string, from: number): number {
  let end = from;
  SENTENCE_END.lastIndex = 0;
  for (const match of text.slice(from).matchAll(SENTENCE_END)) end = from + match.index + match[0].length;
  return end;
}

/** Markdown without its signs. */
function plain(text: string): string {
  return text
    .replace(/```\w*|[*_`#>|]+/g, " ")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
}
