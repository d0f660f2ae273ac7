#!/usr/bin/env node
// Wraps and unwraps Tabard's key-encryption key by an RSA key in a PKCS#11 token (an HSM), as docs/operations.md tells:
//   TABARD_KEK_COMMAND=examples/kek-pkcs11.mjs TABARD_KEK_FILE=/etc/tabard/kek.wrapped
//   KEK_MODULE=/usr/lib/softhsm/libsofthsm2.so KEK_TOKEN=server KEK_ID=01 KEK_PIN_FILE=/etc/tabard/pin
// The private key never leaves the token, so without the token the file opens nothing.
import { execFileSync } from "node:child_process"
import { constants, createPublicKey, publicEncrypt } from "node:crypto"
import { readFileSync } from "node:fs"

const { KEK_MODULE: module, KEK_TOKEN: token, KEK_ID: id, KEK_PIN_FILE: pinFile } = process.env
const { operation, key, wrapped } = JSON.parse(readFileSync(0, "utf8"))

/** Tokens know OAEP with SHA-1 everywhere, and its strength does not rest on collisions (RFC 8017 §7.1). */
const OAEP = ["--mechanism", "RSA-PKCS-OAEP", "--hash-algorithm", "SHA-1", "--mgf", "MGF1-SHA1"]

if (operation === "wrap") answer({ wrapped: wrap(Buffer.from(key, "base64")).toString("base64") })
else answer({ key: ask(["--decrypt", ...OAEP], Buffer.from(wrapped, "base64")).toString("base64") })

function wrap(plain) {
  const publicKey = createPublicKey({
    key: ask(["--read-object", "--type", "pubkey"]),
    format: "der",
    type: "spki",
  })
  return publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" }, plain)
}

/** The PIN goes by the environment of the program that needs it; arguments are read by every process. */
function ask(args, input = "") {
  const place = ["--module", module, "--token-label", token, "--id", id, "--login", "--pin", "env:TOKEN_PIN"]
  const env = { ...process.env, TOKEN_PIN: readFileSync(pinFile, "utf8").trim() }
  return execFileSync("pkcs11-tool", [...place, ...args], { input, env, stdio: ["pipe", "pipe", "ignore"] })
}

function answer(said) {
  process.stdout.write(`${JSON.stringify(said)}\n`)
}
