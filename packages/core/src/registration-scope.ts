/** What an API token is made for by which one client registers itself; one that has it is for nothing else, and used once. */
export const REGISTRATION_SCOPE = "clients:register"
