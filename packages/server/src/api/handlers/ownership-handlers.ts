import type { AgentDetail } from "@tabard/api"
import {
  acceptOwnership,
  addMaintainer,
  declineOwnership,
  describeAgent,
  enterAgent,
  offerOwnership,
  putSettings,
  removeMaintainer,
  reopenAgent,
  withdrawOffer,
} from "@tabard/control"
import type { OwnershipOffer } from "@tabard/core"
import { z } from "zod"
import type { Handlers } from "../handler.ts"
import { idPlace, type ListOrder, pageOf, TIME_PLACE } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { readDetail } from "../views/agent-detail.ts"
import { offerViews } from "../views/offer-view.ts"

type OfferNames = "offerOwnership" | "withdrawOffer" | "listOffers" | "acceptOwnership" | "declineOwnership"

type DescribingNames =
  | "addMaintainer"
  | "removeMaintainer"
  | "describeAgent"
  | "reopenAgent"
  | "enterAgent"
  | "getSettings"
  | "putSettings"

const OFFERS: ListOrder<OwnershipOffer, Pick<OwnershipOffer, "id" | "offeredAt">> = {
  list: "offers",
  placeOf: ({ id, offeredAt }) => ({ id, offeredAt }),
  place: z.object({ id: idPlace("offer"), offeredAt: TIME_PLACE }),
}

/** Who answers for an agent, who helps, and what people say of it. */
export function ownershipHandlers(services: ApiServices): Pick<Handlers, OfferNames | DescribingNames> {
  return { ...offerHandlers(services), ...describingHandlers(services) }
}

function offerHandlers(services: ApiServices): Pick<Handlers, OfferNames> {
  const { shelf, clock } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  const detail = (id: string): Promise<AgentDetail> => readDetail(services, id)
  return {
    offerOwnership: async ({ user }, { id, to, note }) => {
      await offerOwnership(deps, user, { agent: id, to, note })
      return detail(id)
    },
    withdrawOffer: async ({ user }, { id }) => {
      await withdrawOffer(deps, user, id)
      return detail(id)
    },
    listOffers: ({ user }, asked) =>
      shelf.snapshot(async (tx) => {
        const { items, next } = await pageOf(OFFERS, asked, (from) =>
          tx.offers.pendingTo(user.id, clock.now(), from),
        )
        return { items: await offerViews(tx, items, clock.now()), next }
      }),
    acceptOwnership: async ({ user }, { id }) => detail((await acceptOwnership(deps, user, id)).id),
    declineOwnership: async ({ user }, { id, reason }) => {
      await declineOwnership(deps, user, { offer: id, reason })
      return {}
    },
  }
}

function describingHandlers(services: ApiServices): Pick<Handlers, DescribingNames> {
  const { shelf } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  const detail = (id: string): Promise<AgentDetail> => readDetail(services, id)
  return {
    addMaintainer: async (context, { id, user }) => {
      await addMaintainer(deps, context.user, { agent: id, user })
      return detail(id)
    },
    removeMaintainer: async (context, { id, user }) => {
      await removeMaintainer(deps, context.user, { agent: id, user })
      return detail(id)
    },
    describeAgent: async ({ user }, { id, insist, ...change }) => {
      await describeAgent(deps, user, { agent: id, change, insist })
      return detail(id)
    },
    reopenAgent: async ({ user }, { id, reason }) => {
      await reopenAgent(deps, user, { agent: id, reason })
      return detail(id)
    },
    enterAgent: async ({ user }, { owner, ...description }) => {
      const agent = await enterAgent(deps, user, { description, owner })
      return detail(agent.id)
    },
    getSettings: () => shelf.snapshot(({ organisation }) => organisation.settings()),
    putSettings: async ({ user }, settings) => {
      await putSettings(deps, user, settings)
      return shelf.snapshot(({ organisation }) => organisation.settings())
    },
  }
}
