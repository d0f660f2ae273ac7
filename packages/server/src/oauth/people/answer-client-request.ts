import { type AgreeToClientDeps, agreeToClient, type Shelf } from "@tabard/control"
import { type ClientGrant, Problem, type User } from "@tabard/core"
import { modelAdapter } from "../model-adapter.ts"
import type { AdapterPayload } from "../oidc-provider.ts"
import { type ClientRequest, keepAnswer } from "./client-request.ts"
import { AUTHORIZE } from "./people-routes.ts"

/** What answering a request needs. */
export interface AnswerDeps extends AgreeToClientDeps {
  readonly shelf: Pick<Shelf, "snapshot" | "transact">
  readonly issuer: string
}

/** What came of an answer: where its browser goes on, or why nothing came of it yet. */
export type Answered = { readonly continueAt: string | null } | { readonly waits: string }

/**
 * Answers a client in a person's name. A yes counts once their agent may act; until then the request stays open, so that
 * the person finds it as it was. A no is told to the client at once.
 *
 * @throws {Problem} client_request_not_found, where somebody answered it meanwhile
 */
export async function answerClientRequest(
  deps: AnswerDeps,
  user: User,
  { request, agree }: { request: ClientRequest; agree: boolean },
): Promise<Answered> {
  const agreed = agree ? await agreeToClient(deps, user, request.client) : undefined
  if (agreed?.kind === "waiting") return { waits: agreed.why.message }
  const answered = { ...request, answeredBy: user.id }
  if (!(await keepAnswer(deps.shelf, answered, deps.clock.now())))
    throw new Problem(
      "client_request_not_found",
      "this request is over or was answered already: begin again in the client",
    )
  await tellLibrary(deps, request, agreed ? agreedBy(user, agreed.grant) : REFUSED)
  return { continueAt: `${deps.issuer}${AUTHORIZE}/${request.id}` }
}

const REFUSED = { error: "access_denied", error_description: "the person said no" }

/** `remember: false`: of the library's sessions none is kept. The sign-in is named, so that the agreement counts for it alone. */
function agreedBy(user: User, { instance }: ClientGrant): Record<string, unknown> {
  return { login: { accountId: user.id, remember: false }, consent: { instance } }
}

/** The library reads an answer where it left the question. */
async function tellLibrary(
  { shelf, clock }: AnswerDeps,
  { id, expiresAt }: ClientRequest,
  result: Record<string, unknown>,
): Promise<void> {
  const interactions = modelAdapter({ shelf, clock }, "Interaction")
  const asked = await interactions.find(id)
  if (!asked) return
  const left = Math.max(1, Math.ceil((expiresAt.getTime() - clock.now().getTime()) / 1000))
  const answered: AdapterPayload = { ...asked, result }
  await interactions.upsert(id, answered, left)
}
