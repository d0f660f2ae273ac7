import "./theme.css"
import { createClient } from "@tabard/api"
import { QueryClientProvider } from "@tanstack/react-query"
import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { Console } from "./console.tsx"
import { attendedSend } from "./data/attended-send.ts"
import { createCache } from "./data/cache.ts"
import { ClientProvider } from "./data/client-context.ts"
import { ClockProvider } from "./data/clock-context.ts"
import { takeCode } from "./pages/sign-in/take-code.ts"
import { applyStoredTheme } from "./shell/theme-choice.ts"

// First of all: nothing that runs later may see the code in the address.
const code = takeCode(window)
applyStoredTheme()

const send = attendedSend(window, Date.now, (url, init) => fetch(url, init))
const place = document.getElementById("console")
if (!place) throw new Error("index.html has no place for the console")

createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={createCache()}>
      <ClientProvider value={createClient("", send)}>
        <ClockProvider value={Date.now}>
          <Console code={code} />
        </ClockProvider>
      </ClientProvider>
    </QueryClientProvider>
  </StrictMode>,
)
