import type { OfferView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { broughtWords } from "./brought-words.ts"

/** Tells whoever is asked to answer for an agent what comes with it, and leads to it; nothing where nothing does. */
export function Brought({ offer: { agent, brings } }: { offer: OfferView }): ReactNode {
  const words = broughtWords(brings)
  if (words === undefined) return null
  return (
    <p className="text-pretty">
      {words}{" "}
      <Link
        to="/agents/$id"
        params={{ id: agent.id }}
        search={{ tab: "identity" }}
        className="text-accent hover:underline"
      >
        Look at them under Identity
      </Link>
    </p>
  )
}
