/** The longest path that POSIX systems take. */
const MAX_PATH = 4096

/** A path in its one spelling, or in words why it has none. */
export type ReadPath = { readonly path: string } | { readonly refused: string }

/**
 * Reads an absolute POSIX path: doubled slashes and `.` go, `..` is resolved. A relative path is refused, since the folder that it
 * starts from is not known here; so is one with outer spaces or quotes, which some servers strip after the fact: `/a/b/.. `
 * would then leave the folder it was judged to be in.
 */
export function readPath(text: string): ReadPath {
  if (!text.startsWith("/")) return { refused: "it must be an absolute path that starts with /" }
  if (text.length > MAX_PATH) return { refused: `it is longer than ${MAX_PATH} characters` }
  if (hasControlCharacter(text)) return { refused: "it holds a control character" }
  if (/[\s"']$/u.test(text)) return { refused: "it ends with a space or a quote" }
  const segments: string[] = []
  for (const segment of text.split("/")) {
    if (segment === "..") segments.pop()
    else if (segment !== "" && segment !== ".") segments.push(segment)
  }
  return { path: `/${segments.join("/")}` }
}

/** Answers whether a path is a folder or lies in it. Both are in the spelling of readPath. */
export function isUnder(path: string, root: string): boolean {
  return root === "/" || path === root || path.startsWith(`${root}/`)
}

function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text)
}
