import { getRouteApi } from "@tanstack/react-router"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Chip } from "../../components/chip.tsx"
import { WithDrawer } from "../../components/drawer.tsx"
import { Page } from "../../components/page.tsx"
import { keysOf } from "../../shell/read-address.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { GatewayServerDrawer } from "./gateway-server-drawer.tsx"
import { GatewayServers } from "./gateway-servers.tsx"
import { RegisterServerDialog } from "./register-server-dialog.tsx"
import { SeenServerDrawer } from "./seen-server-drawer.tsx"
import { SeenServers } from "./seen-servers.tsx"
import { SERVER_LISTS, type ServersSearch } from "./servers-search.ts"

const route = getRouteApi("/servers")
const LISTS = keysOf(SERVER_LISTS)

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
      {role !== "member" && <Filters search={search} onShow={show} />}
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

function Filters(props: { search: ServersSearch; onShow: (search: ServersSearch) => void }): ReactNode {
  const { search, onShow } = props
  const { list = "seen", vanished } = search
  return (
    <div role="group" aria-label="Filters" className="mb-3 flex flex-wrap items-center gap-1.5">
      {LISTS.map((one) => (
        <Chip
          key={one}
          on={list === one}
          count={undefined}
          onToggle={() => onShow(one === "seen" ? {} : { list: one })}
        >
          {SERVER_LISTS[one]}
        </Chip>
      ))}
      {list === "seen" && (
        <>
          <span aria-hidden="true" className="mx-1 h-4 border-l max-md:hidden" />
          <Chip
            on={vanished === "yes"}
            count={undefined}
            onToggle={() => onShow(vanished === "yes" ? {} : { vanished: "yes" })}
          >
            Not there any more
          </Chip>
        </>
      )}
    </div>
  )
}
