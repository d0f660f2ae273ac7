/** What stands in each text, so that it is found again wherever it was brought. */
export const HOSTILE_MARK = "h0st1le"

/** What a page would be if one of these were obeyed there: a name of the window that a script of theirs sets. */
export const OBEYED = "__obeyed"

const script = `window.${OBEYED}=1`

/**
 * Texts that are data wherever they go, and something else to whatever obeys them: a browser, a spreadsheet, a terminal,
 * a header, a line of a log, a reader of JSON, a person who trusts what they see.
 */
export const HOSTILE_TEXTS: Readonly<Record<string, string>> = {
  "a script": `<script>${script}</script>${HOSTILE_MARK}`,
  "an image that fails": `"><img src=x onerror="${script}">${HOSTILE_MARK}`,
  "a drawing that loads": `<svg/onload=${script}>${HOSTILE_MARK}`,
  "an attribute that ends": `' onmouseover='${script}' autofocus onfocus='${script}' ${HOSTILE_MARK}`,
  "a link that runs": `javascript:${script}//${HOSTILE_MARK}`,
  "the end of a script": `</script><script>${script}</script><!-- ${HOSTILE_MARK}`,
  "a template": `{{constructor.constructor('${script}')()}}\${${script}}${HOSTILE_MARK}`,
  "a formula": `=HYPERLINK("http://evil.example","${HOSTILE_MARK}")`,
  "a formula by plus": `+1+cmd|' /C calc'!A0 ${HOSTILE_MARK}`,
  "a formula by minus": `-2+3+cmd|' /C calc'!A0 ${HOSTILE_MARK}`,
  "a formula by at": `@SUM(1+9)*cmd|' /C calc'!A0 ${HOSTILE_MARK}`,
  "a formula in full width": `＝1+1 ${HOSTILE_MARK}`,
  "a formula in a new cell": `${HOSTILE_MARK}",=1+1,"`,
  "a formula in a new line": `${HOSTILE_MARK}\r\n=1+1,x`,
  "a formula behind a tab": `\t=1+1 ${HOSTILE_MARK}`,
  "a colour and a title of the terminal": `\u001b[31m\u001b]0;owned\u0007${HOSTILE_MARK}\u001b[2J`,
  "a hidden link of the terminal": `\u001b]8;;http://evil.example\u001b\\${HOSTILE_MARK}\u001b]8;;\u001b\\`,
  "the terminal's other spelling": `\u009b31m\u009d0;owned\u009c${HOSTILE_MARK}`,
  "a line that is overwritten": `${HOSTILE_MARK}\rall is well\b\b\b`,
  "an order turned round": `\u202e${HOSTILE_MARK}\u2066gpj.exe\u2069\u202c`,
  "what nobody sees": `${HOSTILE_MARK}\u200b\u200d\ufeff\u2060\u{e0041}\u00ad`,
  "a line of a log": `${HOSTILE_MARK}\nfault: all is well\n{"type":"agent.retired"}`,
  "a line separator": `${HOSTILE_MARK}\u2028fault: x\u2029fault: y\u0085fault: z`,
  "a header": `${HOSTILE_MARK}\r\nset-cookie: a=b\r\n\r\n<html>`,
  "a file's name": `../../${HOSTILE_MARK}"; filename="evil.exe`,
  "an event of a stream": `${HOSTILE_MARK}\n\nevent: reset\ndata: {}\n\n`,
  "the end of a JSON text": `${HOSTILE_MARK}"},{"role":"administrator"}`,
  "a name of every object": `__proto__`,
  "another name of every object": `constructor`,
  "half a character": `${HOSTILE_MARK}\ud83d`,
  "a NUL": `${HOSTILE_MARK}\0`,
  "a very long text": `${HOSTILE_MARK} ${"long ".repeat(1_000)}`,
  "marks upon marks": `${HOSTILE_MARK}${"\u0301".repeat(100)}`,
  "a path of a query": `' OR 1=1; DROP TABLE agent; -- ${HOSTILE_MARK}`,
  "a format": `%s%n%x{0}$(id)\`id\` ${HOSTILE_MARK}`,
}

/** Controls that a terminal or a log obeys; a line feed ends a line, and is counted by whoever asks. */
export const TERMINAL_CONTROLS: RegExp = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
