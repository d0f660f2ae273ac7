import { execFileSync, spawn, spawnSync } from "node:child_process"
import { existsSync, globSync } from "node:fs"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"

/** A PKCS#11 token in software, and how keys in it are named. */
export interface SoftToken extends AsyncDisposable {
  readonly address: string
  readonly pinFile: string
}

const SOFTHSM = globSync("/usr/lib/{softhsm,*/softhsm}/libsofthsm2.so")[0]

/** Says why a test that needs these programs is not run; false where they are there, or where all tests have to run. */
export function lacks(...programs: readonly string[]): string | false {
  if (process.env["REQUIRE_ALL_SUITES"]) return false
  const missing = programs.filter((name) => spawnSync("which", [name]).status !== 0)
  return missing.length > 0 && `${missing.join(" and ")} is not here`
}

/** Makes a token with SoftHSM, of which nothing is left when it is disposed of. */
export async function softToken(): Promise<SoftToken> {
  const folder = await mkdtemp(join(tmpdir(), "tabard-hsm-"))
  await mkdir(join(folder, "tokens"))
  await writeFile(
    join(folder, "conf"),
    `directories.tokendir = ${folder}/tokens\nobjectstore.backend = file\n`,
  )
  process.env["SOFTHSM2_CONF"] = join(folder, "conf")
  execFileSync("softhsm2-util", "--init-token --free --label agents --pin 1234 --so-pin 5678".split(" "))
  const pinFile = join(folder, "pin")
  await writeFile(pinFile, "1234\n", { mode: 0o600 })
  return {
    address: `pkcs11:token=agents?module-path=${SOFTHSM}&pin-source=${pinFile}`,
    pinFile,
    [Symbol.asyncDispose]: async () => {
      delete process.env["SOFTHSM2_CONF"]
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Starts a TPM in software, which the tools find until it is disposed of. */
export async function softTpm(): Promise<AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), "tabard-swtpm-"))
  const socket = join(folder, "sock")
  const tpm = spawn(
    "swtpm",
    [
      ..."socket --tpm2 --flags not-need-init,startup-clear --tpmstate".split(" "),
      `dir=${folder}`,
      "--ctrl",
      `type=unixio,path=${socket}.ctrl`,
      "--server",
      `type=unixio,path=${socket}`,
    ],
    { stdio: "ignore" },
  )
  while (!existsSync(socket) || !existsSync(`${socket}.ctrl`)) await wait(10)
  process.env["TPM2TOOLS_TCTI"] = `swtpm:path=${socket}`
  return {
    [Symbol.asyncDispose]: async () => {
      delete process.env["TPM2TOOLS_TCTI"]
      tpm.kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
