import { readPath, readPattern } from "@tabard/policy"
import type { ArgumentLimit, Texts } from "../manifest.ts"
import { listed } from "./limit-texts.ts"

/** Texts that have nothing in common: what admits all of them holds nothing back. */
const UNLIKE: readonly string[] = [
  "x",
  "0",
  "-1000000.00",
  "../../etc/passwd",
  "root@elsewhere.example",
  "https://elsewhere.example/?q=1#f",
  "<script>alert(1)</script>; rm -rf /",
  "é漢字 \u{1F600}",
  "a".repeat(200),
]

/** Answers whether a limit is one in name only: the root of a file system, any host, any text, or that something is there at all. */
export function isWild(limit: ArgumentLimit): boolean {
  if ("given" in limit) return true
  if ("under" in limit) return some(limit.under, isRoot)
  if ("host" in limit) return some(limit.host, (host) => /^(?:https?:\/\/)?\*\.?[^.]*$/.test(host))
  return "matches" in limit && matchesAnything(limit.matches)
}

function isRoot(folder: string): boolean {
  const read = readPath(folder)
  return "refused" in read || read.path === "/"
}

function matchesAnything(text: string): boolean {
  const read = readPattern(text)
  return "pattern" in read && UNLIKE.every((each) => read.pattern.testExact(each))
}

function some(texts: Texts, test: (text: string) => boolean): boolean {
  return listed(texts)?.some(test) ?? false
}
