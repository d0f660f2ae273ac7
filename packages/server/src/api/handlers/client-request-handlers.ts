import { Problem, type User } from "@tabard/core"
import { answerClientRequest } from "../../oauth/people/answer-client-request.ts"
import { type ClientRequest, findClientRequest } from "../../oauth/people/client-request.ts"
import { assertInPerson } from "../assert-in-person.ts"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { clientRequestView } from "../views/client-request-view.ts"

/** What clients ask of people, and people's answers. Their agents may be new, so these look at the whole shelf. */
export function clientRequestHandlers(
  services: ApiServices,
): Pick<Handlers, "getClientRequest" | "answerClientRequest"> {
  const { clock, issuer, wholeShelf: shelf } = services
  const deps = { ...recordContext(services), transact: shelf.transact, shelf, issuer: issuer.issuer }
  const viewOf = (user: User, request: ClientRequest) =>
    shelf.snapshot((tx) =>
      clientRequestView(tx, { user, request, resource: issuer.resource, now: clock.now() }),
    )
  const openTo = async (user: User, id: string): Promise<ClientRequest> => {
    const request = await findClientRequest(shelf, id, clock.now())
    const isTheirs = request && (request.asked === null || request.asked === user.id)
    if (request && isTheirs && request.answeredBy === null) return request
    throw new Problem(
      "client_request_not_found",
      "this request is over or was answered already: begin again in the client",
    )
  }
  return {
    getClientRequest: async ({ user }, { id }) => viewOf(user, await openTo(user, id)),
    answerClientRequest: async (context, { id, agree }) => {
      assertInPerson(context)
      const { user } = context
      const request = await openTo(user, id)
      const answered = await answerClientRequest(deps, user, { request, agree })
      if ("waits" in answered) return { continueAt: null, request: await viewOf(user, request) }
      return { continueAt: answered.continueAt, request: null }
    },
  }
}
