package main

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/core/update"
	"rentbell/ui"
)

// updateManifest is the URL of the list of versions, and updateKeys are the
// public keys it is signed with, see update.NewSource. Releases are built with
// both. What is built from source has neither, and looks for nothing.
var updateManifest, updateKeys string

// updates looks for newer versions through the proxy of the settings. On Windows
// it downloads the setup program into a folder of the data directory and starts
// it; setup closes Rentbell, and opens the new one. Elsewhere the user downloads.
// nil: this build does not know where to look.
func (c call) updates(b *bell.Bell, dir string) *ui.Updates {
	if c.demo || updateManifest == "" || updateKeys == "" {
		return nil
	}
	source := func() (*update.Source, error) {
		return update.NewSource(updateManifest, updateKeys, version, b.Settings().Proxy)
	}
	u := &ui.Updates{Latest: func(ctx context.Context) (core.Release, bool, error) {
		s, err := source()
		if err != nil {
			return core.Release{}, false, err
		}
		return s.Latest(ctx)
	}}
	if runtime.GOOS == "windows" {
		u.Install = func(ctx context.Context, r core.Release) error {
			s, err := source()
			if err != nil {
				return err
			}
			setup, err := s.Download(ctx, r, filepath.Join(dir, "updates"))
			if err != nil {
				return err
			}
			return startSetup(setup)
		}
	}
	return u
}

// startSetup starts a program that the makers have signed, and does not wait.
func startSetup(path string) error {
	setup := exec.Command(path)
	if err := setup.Start(); err != nil {
		return fmt.Errorf("start the setup program: %w", err)
	}
	return setup.Process.Release()
}
