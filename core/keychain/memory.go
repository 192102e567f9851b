package keychain

import (
	"sync"

	"rentbell/core"
)

// Memory is a core.Vault that keeps secrets until the program ends. The demo
// uses it, and runs whose secrets come from the environment.
type Memory struct {
	mu      sync.Mutex
	secrets core.Secrets
}

// Load returns what Save was last given; its error is always nil.
func (m *Memory) Load() (core.Secrets, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.secrets, nil
}

// Save keeps s; its error is always nil.
func (m *Memory) Save(s core.Secrets) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.secrets = s
	return nil
}

// Kind is core.VaultMemory.
func (m *Memory) Kind() core.VaultKind { return core.VaultMemory }

// Unlock always returns core.ErrNoVault: there is nothing to unlock.
func (m *Memory) Unlock(core.Secret) error { return core.ErrNoVault }

// Move always returns core.ErrNoVault: the secrets stay in memory.
func (m *Memory) Move(core.VaultKind, core.Secret) error { return core.ErrNoVault }
