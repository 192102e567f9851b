package launch

import "rentbell/core"

// Memory is a vault that forgets at the end of the run: for demos, and for runs
// whose secrets come from the environment.
type Memory struct{ secrets core.Secrets }

// Load implements core.Vault; it never fails.
func (m *Memory) Load() (core.Secrets, error) { return m.secrets, nil }

// Save implements core.Vault; it never fails.
func (m *Memory) Save(s core.Secrets) error {
	m.secrets = s
	return nil
}
