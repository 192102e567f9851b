package keychain

import (
	"sync"

	"rentbell/core"
)

// Memory is a core.Vault that forgets when the program ends: for the demo, and
// for runs whose secrets come from the environment.
type Memory struct {
	mu      sync.Mutex
	secrets core.Secrets
}

// Load never fails.
func (m *Memory) Load() (core.Secrets, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.secrets, nil
}

// Save never fails.
func (m *Memory) Save(s core.Secrets) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.secrets = s
	return nil
}

// Kind is memory.
func (m *Memory) Kind() core.VaultKind { return core.VaultMemory }

// Unlock has nothing to open.
func (m *Memory) Unlock(core.Secret) error { return core.ErrNoVault }

// Move has nowhere to go.
func (m *Memory) Move(core.VaultKind, core.Secret) error { return core.ErrNoVault }
