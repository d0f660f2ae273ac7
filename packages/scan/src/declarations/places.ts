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

/** Manifests of packages, settings of compilers and descriptions of formats: JSON that never declares an agent. */
const NEVER_DECLARES =
  /(?:^|[\\/])(?:package(?:-lock)?|tsconfig[^\\/]*|[^\\/]*\.schema|composer|jsconfig)\.json$/i

/** Answers whether a path ends like JSON that could be an export or a template. */
export function endsInJson(path: string): boolean {
  return /\.json$/i.test(path) && !NEVER_DECLARES.test(path)
}
