import type { Client } from "@tabard/api"
import { createContext, useContext } from "react"

const ClientContext = createContext<Client | undefined>(undefined)

/** Hands the API client to the pages below it. */
export const ClientProvider = ClientContext.Provider

/** Answers the one way to the server. */
export function useClient(): Client {
  const client = useContext(ClientContext)
  if (!client) throw new Error("a page was shown outside its ClientProvider")
  return client
}
