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
