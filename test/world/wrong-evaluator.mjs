// Loaded before a process (`node --import`): its evaluator lets every permit hold that is about the call, and no forbid.
import { registerHooks } from "node:module"

const RIGHT = "policy.compiled.matches(given) && policy.compiled.holds(given)"
const WRONG = 'policy.json.effect === "permit" && policy.compiled.matches(given)'

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    if (!url.endsWith("/packages/policy/src/evaluate-slice.ts")) return loaded
    const source = Buffer.from(loaded.source).toString()
    if (!source.includes(RIGHT)) throw new Error("the evaluator is written otherwise: spoil it as it is now")
    process.stderr.write("the evaluator is wrong\n")
    return { ...loaded, source: source.replace(RIGHT, WRONG) }
  },
})
