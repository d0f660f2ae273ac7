/** What JSON lets stand raw and a terminal, a log or an eye would obey: controls beyond ASCII, turns and what shows nothing. */
const LIVE = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g

/** Answers JSON that says the same to every parser and does nothing to whatever it is printed on, such as by curl. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    LIVE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )
}
