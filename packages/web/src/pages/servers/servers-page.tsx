import { getRouteApi } from "@tanstack/react-router"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { WithDrawer } from "../../components/drawer.tsx"
import { Page } from "../../components/page.tsx"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { GatewayServerDrawer } from "./gateway-server-drawer.tsx"
import { GatewayServers } from "./gateway-servers.tsx"
import { RegisterServerDialog } from "./register-server-dialog.tsx"
import { SeenServerDrawer } from "./seen-server-drawer.tsx"
import { SeenServers } from "./seen-servers.tsx"
import { ServerFilters } from "./server-filters.tsx"
import type { ServersSearch } from "./servers-search.ts"

const route = getRouteApi("/servers")

/** MCP servers: those that scans saw agents use, and those that agents reach through the gateway. */
export function ServersPage(): ReactNode {
  const [registering, setRegistering] = useState(false)
  const { role } = useSignedIn().user
  const search = useShownSearch()
  const navigate = route.useNavigate()
  const show = (next: ServersSearch): void => void navigate({ search: next, replace: true })
  const { server: open, ...filters } = search
  const isGateway = search.list === "gateway"
  const OpenDrawer = isGateway ? GatewayServerDrawer : SeenServerDrawer
  const register = role === "administrator" && (
    <Button look="primary" icon="plus" onClick={() => setRegistering(true)}>
      Register a server
    </Button>
  )
  return (
    <Page title="MCP servers" beside={register}>
      {role !== "member" && <ServerFilters search={search} onShow={show} />}
      <WithDrawer drawer={open && <OpenDrawer key={open} id={open} onClose={() => show(filters)} />}>
        {isGateway ? <GatewayServers search={search} next={register} /> : <SeenServers search={search} />}
      </WithDrawer>
      {registering && (
        <RegisterServerDialog
          onClose={() => setRegistering(false)}
          onRegistered={(server) => {
            setRegistering(false)
            show({ list: "gateway", server })
          }}
        />
      )}
    </Page>
  )
}

/** Members see what stands behind the gateway, and nothing of what scans saw. */
function useShownSearch(): ServersSearch {
  const search = route.useSearch()
  const { role } = useSignedIn().user
  return role === "member" ? { ...search, list: "gateway" } : search
}
