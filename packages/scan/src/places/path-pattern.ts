/** The end of a path as it is known: `*` stands for any part of one name, `**` for any folders between. */
export interface PathPattern {
  /** Its last name; with a `*` in it, what the name must end with. */
  readonly last: string
  /** Answers where in `path` (with `/` between names) the ending begins, or undefined where it does not end so. */
  startIn(path: string): number | undefined
}

/** Answers the pattern that `ending` describes. */
export function pathPattern(ending: string): PathPattern {
  const last = ending.slice(ending.lastIndexOf("/") + 1)
  return { last, startIn: ending.includes("*") ? searching(ending) : comparing(ending) }
}

/** Answers whether `pattern`, one name with or without `*`, is the name `name`. */
export function namePattern(pattern: string): RegExp {
  return new RegExp(`^${nameSource(pattern)}$`)
}

function comparing(ending: string): PathPattern["startIn"] {
  return (path) => (path === ending || path.endsWith(`/${ending}`) ? path.length - ending.length : undefined)
}

function searching(ending: string): PathPattern["startIn"] {
  const source = ending.split("/").map((name, index, all) => segmentSource(name, index < all.length - 1))
  const regex = new RegExp(`(?:^|/)(${source.join("")})$`, "d")
  return (path) => regex.exec(path)?.indices?.[1]?.[0]
}

function segmentSource(name: string, hasMore: boolean): string {
  if (name === "**") return "(?:[^/]+/)*"
  return nameSource(name) + (hasMore ? "/" : "")
}

function nameSource(name: string): string {
  return name.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]*")
}
