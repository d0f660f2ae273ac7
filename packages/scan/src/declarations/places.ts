/** Folders whose files show how something is written, and run nothing. */
const ILLUSTRATIONS = new Set([
  "docs",
  "doc",
  "test",
  "tests",
  "__tests__",
  "fixtures",
  "__fixtures__",
  "testdata",
  "test-data",
  "snapshots",
  "__snapshots__",
])
/** How far up folders are looked at: above stands whatever the machine calls its places. */
const NEAREST = 5

/** Answers whether a file stands among documents or tests, so that what it declares is not in use. */
export function isIllustration(path: string): boolean {
  const folders = path.split(/[\\/]/).slice(0, -1).slice(-NEAREST)
  return folders.some((folder) => ILLUSTRATIONS.has(folder.toLowerCase()))
}

/** Answers whether a path ends like YAML. */
export function endsInYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path)
}

/** Answers whether a path ends like JSON. */
export function endsInJson(path: string): boolean {
  return /\.json$/i.test(path)
}
