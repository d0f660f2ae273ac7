import { chmod, mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"

/** Where the fake keychains below keep what they are given. */
const KEEPS = "KEYCHAIN_FOLDER"

/** `secret-tool` of libsecret, as far as its manual page says what the three verbs do. */
const SECRET_TOOL = `#!/bin/sh
verb=$1; shift
[ "$verb" = store ] && shift
file="$${KEEPS}/$2-$4"
case $verb in
  store) cat > "$file" ;;
  lookup) [ -f "$file" ] && cat "$file" ;;
  clear) rm "$file" ;;
esac
`

/** `security` of macOS, likewise. Its interactive mode ends with 0 whatever became of the commands. */
const SECURITY = `#!/bin/sh
if [ "$1" = -i ]; then
  read -r verb _ service _ account _ secret
  [ "$verb" = add-generic-password ] && printf %s "$secret" > "$${KEEPS}/$service-$account"
  exit 0
fi
file="$${KEEPS}/$3-$5"
case $1 in
  find-generic-password) [ -f "$file" ] && { cat "$file"; echo; } ;;
  delete-generic-password) rm "$file" ;;
esac
`

/** Puts fake keychains before the machine's own, until it is disposed of. */
export async function fakeKeychains(folder: string): Promise<Disposable> {
  await mkdir(folder, { recursive: true })
  for (const [name, text] of [
    ["secret-tool", SECRET_TOOL],
    ["security", SECURITY],
  ] as const) {
    await writeFile(join(folder, name), text)
    await chmod(join(folder, name), 0o755)
  }
  const before = process.env["PATH"]
  process.env["PATH"] = `${folder}:${before}`
  process.env[KEEPS] = folder
  return {
    [Symbol.dispose]() {
      process.env["PATH"] = before
      delete process.env[KEEPS]
    },
  }
}
