import { type AddressReaders, oneOf, readAddress } from "../../shell/read-address.ts"

/** The parts of the settings, in their order. */
export const SETTINGS_WORDS = {
  general: "General",
  "sign-in": "Sign-in",
  clients: "Clients",
  trust: "Trust rules",
  issuer: "Agents’ tokens",
  provisioning: "Provisioning",
  tokens: "API tokens",
  notifications: "Notifications",
  export: "Export",
  signals: "Signals",
  about: "About",
} as const

/** One part of the settings. */
export type SettingsPart = keyof typeof SETTINGS_WORDS

/** Which part of the settings the address names. */
export interface SettingsSearch {
  readonly tab?: SettingsPart
}

const READERS: AddressReaders<SettingsSearch> = { tab: oneOf(SETTINGS_WORDS) }

/** Reads the address; what it does not understand it leaves out. */
export function parseSettingsSearch(raw: Readonly<Record<string, unknown>>): SettingsSearch {
  return readAddress(READERS, raw)
}
