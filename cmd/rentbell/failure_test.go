package main

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"rentbell/cmd/internal/launch"
	"rentbell/core"
	"rentbell/core/keychain"
	"rentbell/store"
)

func TestWhatIsMendedOpensAgain(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, store.FileName)
	if err := os.WriteFile(path, make([]byte, 1<<16), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(dir); !errors.Is(err, core.ErrDamaged) {
		t.Fatalf("Open = %v, want ErrDamaged", err)
	}
	done, err := repair(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(done.Aside); err != nil {
		t.Errorf("the damaged file is not kept: %v", err)
	}
	app, err := launch.Open(t.Context(), launch.Options{Dir: dir, Program: "test", Vault: &keychain.Memory{}, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	if err := app.Close(); err != nil {
		t.Error(err)
	}
}
