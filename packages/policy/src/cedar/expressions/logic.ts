import { type Code, type Compile, folded, type Test, testOf, truth } from "../code.ts"
import { equal } from "../values.ts"
import { binary, member, unary } from "./parts.ts"

/** Truth, equality and choice. What a short circuit leaves out is never looked at, and so cannot err. */
export const LOGIC: readonly (readonly [string, Compile])[] = [
  ["!", unary((arg) => not(testOf(arg)))],
  ["&&", binary(and)],
  ["||", binary((left, right) => or(testOf(left), testOf(right)))],
  ["==", binary(({ run: left }, { run: right }) => truth((given) => equal(left(given), right(given))))],
  ["!=", binary(({ run: left }, { run: right }) => truth((given) => !equal(left(given), right(given))))],
  ["if-then-else", choice],
]

function not(test: Test): Code {
  return truth((given) => !test(given))
}

function or(left: Test, right: Test): Code {
  return truth((given) => left(given) || right(given))
}

/** A chain of any length is one list, gone through up to the first that fails. */
function and(left: Code, right: Code): Code {
  const all = [...(left.all ?? [testOf(left)]), ...(right.all ?? [testOf(right)])]
  return { ...truth(every(all)), all }
}

/** Answers whether all of them hold. */
export function every(all: readonly Test[]): Test {
  const [first, second] = all
  if (first && all.length === 1) return first
  if (first && second && all.length === 2) return (given) => first(given) && second(given)
  return (given) => {
    for (const test of all) {
      if (!test(given)) return false
    }
    return true
  }
}

function choice(body: unknown, compile: Parameters<Compile>[1]): Code {
  const when = compile(member(body, "if"))
  const then = compile(member(body, "then"))
  const otherwise = compile(member(body, "else"))
  const test = testOf(when)
  return folded([when, then, otherwise], {
    run: (given) => (test(given) ? then.run(given) : otherwise.run(given)),
  })
}
