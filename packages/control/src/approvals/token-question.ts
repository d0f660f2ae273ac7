import type { Approval, TokenQuestion } from "@tabard/core"
import { actionHash } from "@tabard/policy"
import type { BoundsRequest } from "../tokens/bounds-of-request.ts"

/** What a question about a token asks for, as one action among those that agents are judged by. */
export const TOKEN_ACTION = "token.issue"

/** Whatever a token would be good for, and for whom: everything that is asked about. */
export type TokenWanted = Pick<TokenQuestion, "agent" | "instance" | "task" | "resource" | "token">

/** Puts what is wanted as a question, with the links that such a token has: the person served first. */
export function tokenQuestion(wanted: TokenWanted): TokenQuestion {
  const { agent, instance, task, resource, token } = wanted
  const chain = [token.served, ...(task === null ? [] : [task]), agent]
  return { kind: "token", agent, instance, task, chain, resource, token }
}

/** Names exactly this question: asked by another install, in other words or for more, it is another. */
export function tokenQuestionHash({ instance, chain, task, resource, token }: TokenQuestion): string {
  const scope = token.scope && [...token.scope]
  return actionHash({
    tool: TOKEN_ACTION,
    digest: "",
    args: { ...token, scope, instance },
    chain,
    task,
    resource,
  })
}

/** Answers whether a question was put to this person by this agent, for whatever token. */
export function isPutTo(
  { question: one }: Pick<Approval, "question">,
  { agent, token }: TokenQuestion,
): boolean {
  return one.kind === "token" && one.agent === agent && one.token.served === token.served
}

/** Answers whether two questions of one agent are about the same place and task: for how much, and in what words, is no matter. */
export function isAboutTheSame(
  { question: one }: Pick<Approval, "question">,
  { task, resource }: TokenQuestion,
): boolean {
  return one.task === task && one.resource === resource
}

/** Answers the question as the request for a token that it stands for. */
export function requestIn(question: TokenQuestion): Omit<BoundsRequest, "lifetimeSeconds"> {
  const { instance, task, resource, token } = question
  const { scope, calls, mayAct, served } = token
  return { instance, task, audience: resource, scope, calls, mayAct, served }
}
