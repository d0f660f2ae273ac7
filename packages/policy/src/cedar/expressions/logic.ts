import { type Compile, folded } from "../code.ts"
import { asBoolean, equal } from "../values.ts"
import { binary, member, unary } from "./parts.ts"

/** Truth, equality and choice. What a short circuit leaves out is never looked at, and so cannot err. */
export const LOGIC: readonly (readonly [string, Compile])[] = [
  ["!", unary((arg) => (given) => !asBoolean(arg(given)))],
  [
    "&&",
    binary(
      ({ run: left }, { run: right }) =>
        (given) =>
          asBoolean(left(given)) && asBoolean(right(given)),
    ),
  ],
  [
    "||",
    binary(
      ({ run: left }, { run: right }) =>
        (given) =>
          asBoolean(left(given)) || asBoolean(right(given)),
    ),
  ],
  [
    "==",
    binary(
      ({ run: left }, { run: right }) =>
        (given) =>
          equal(left(given), right(given)),
    ),
  ],
  [
    "!=",
    binary(
      ({ run: left }, { run: right }) =>
        (given) =>
          !equal(left(given), right(given)),
    ),
  ],
  ["if-then-else", choice],
]

function choice(body: unknown, compile: Parameters<Compile>[1]): ReturnType<Compile> {
  const when = compile(member(body, "if"))
  const then = compile(member(body, "then"))
  const otherwise = compile(member(body, "else"))
  return folded([when, then, otherwise], (given) =>
    asBoolean(when.run(given)) ? then.run(given) : otherwise.run(given),
  )
}
