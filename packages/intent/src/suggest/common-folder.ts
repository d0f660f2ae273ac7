import { readPath } from "@tabard/policy"

/** Answers the deepest folder that holds all of these paths, or undefined where that is everything, or where one has no plain spelling. */
export function commonFolder(paths: readonly string[]): string | undefined {
  const read = paths.map(segmentsOf)
  if (read.length === 0 || read.includes(undefined)) return undefined
  const all = read.filter((segments) => segments !== undefined)
  const shared = sharedBeginning(all.map((segments) => segments.slice(0, -1)))
  // A folder that was itself worked on stands above its files.
  const folder = shared.length > 0 ? shared : sharedBeginning(all)
  return folder.length > 0 ? `/${folder.join("/")}` : undefined
}

function segmentsOf(text: string): readonly string[] | undefined {
  const read = readPath(text)
  return "path" in read ? read.path.split("/").filter(Boolean) : undefined
}

function sharedBeginning([first = [], ...rest]: readonly (readonly string[])[]): readonly string[] {
  const differs = first.findIndex((segment, at) => rest.some((other) => other[at] !== segment))
  return differs < 0 ? first : first.slice(0, differs)
}
