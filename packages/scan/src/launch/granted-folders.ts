import { type Launch, programName } from "./unwrap-launch.ts"

const HOMES: ReadonlySet<string> = new Set([
  "/",
  "~",
  "~/",
  "$HOME",
  `\${HOME}`,
  `\${env:HOME}`,
  `\${userHome}`,
  "%USERPROFILE%",
  `\${env:USERPROFILE}`,
  "C:\\",
  "C:/",
])
const HOME_FOLDER = /^(?:\/home\/[^/]+|\/Users\/[^/]+|\/root|[A-Za-z]:[\\/]Users[\\/][^\\/]+)[\\/]?$/
const PATH = /^(?:[~/]|\$HOME|\$\{(?:HOME|env:HOME|userHome)\}|%USERPROFILE%|[A-Za-z]:[\\/])/
/** The colon of a drive, or of a variable, is not the one before the folder in the container. */
const BEFORE_COLON = /^(?:[A-Za-z]:(?=[\\/])|\$\{[^}]*\})?[^:]*/
/** Before `/`, these are followed by a folder; a flag without a value, such as `-y`, is followed by whatever comes next. */
const FOLDER_FLAG = /dir|folder|root|allow|workspace|files?|mount|volume|^-?[a-z]$/i
const MOUNT_FLAGS: ReadonlySet<string> = new Set(["-v", "--volume", "--mount"])

/** Answers the folders of this machine that a server is given in its arguments; of a container, those that are mounted into it. */
export function grantedFolders(
  command: string | null,
  args: readonly string[],
  launch: Launch | null,
): readonly string[] {
  const inContainer = launch?.kind === "image" || ["docker", "podman"].includes(programName(command ?? ""))
  const folders = inContainer
    ? args.flatMap((word, at) => mounted(word, args[at - 1] ?? ""))
    : args.map((word, at) => handedOver(word, args[at - 1] ?? ""))
  return folders.filter((folder) => PATH.test(folder))
}

/** Answers whether a folder is a whole home directory, or all there is. */
export function isHomeOrRoot(folder: string): boolean {
  return HOMES.has(folder) || HOME_FOLDER.test(folder)
}

/** The word that an argument hands over; a lone `/` is a folder only by itself or behind a flag for folders: it is an address too. */
function handedOver(word: string, before: string): string {
  const [, joined, value] = /^--?([\w-]+)=(.*)$/s.exec(word) ?? []
  const flag = joined ?? (before.startsWith("-") && !before.includes("=") ? before : "")
  const folder = value ?? word
  return folder === "/" && flag !== "" && !FOLDER_FLAG.test(flag) ? "" : folder
}

function mounted(word: string, before: string): readonly string[] {
  const joined = /^(?:-v|--volume|--mount)=(.+)$/s.exec(word)?.[1]
  const mount = joined ?? (MOUNT_FLAGS.has(before) ? word : undefined)
  if (mount === undefined) return []
  const source = /(?:^|,)(?:src|source)=([^,]+)/.exec(mount)?.[1]
  return [source ?? BEFORE_COLON.exec(mount)?.[0] ?? mount]
}
