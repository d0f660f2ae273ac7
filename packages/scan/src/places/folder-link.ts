import { realpathSync, statSync } from "node:fs"
import { isBeneath, isMissing, reasonOf } from "./read-bounded.ts"

/**
 * Says why a link beneath `root` hides what it leads to, or nothing where what it leads to is read anyway: a file is
 * looked at by its name, and a folder of the same root where it lies.
 */
export function whyNotFollowed(path: string, root: string): string | undefined {
  try {
    if (!statSync(path).isDirectory()) return undefined
    const target = realpathSync(path)
    if (isBeneath(realpathSync(folderOf(path)), target))
      return "its link leads in a circle; it is not followed"
    return isBeneath(target, realpathSync(root))
      ? undefined
      : "it is a link to a folder elsewhere; give that folder's path to have it read"
  } catch (error) {
    // A link to nothing hides nothing.
    return isMissing(error) ? undefined : reasonOf(error)
  }
}

function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, "") || "/"
}
