package main

import (
	"log/slog"
	"os"
	"path/filepath"

	"rentbell/core/login"
	"rentbell/ui"
)

// atLogin returns the switch that starts this Rentbell, with its data
// directory, in the tray when the user signs in. It is nil for sample data,
// which nobody wants to see at every start.
func (c call) atLogin(log *slog.Logger) ui.Login {
	if c.demo {
		return nil
	}
	program, err := os.Executable()
	if err != nil {
		log.Warn("cannot be started at sign-in", "err", err)
		return nil
	}
	args := []string{"--hidden"}
	if profile, err := profileOf(c.dir); err != nil || profile != "" {
		dir, err := filepath.Abs(c.dir)
		if err != nil {
			log.Warn("cannot be started at sign-in", "err", err)
			return nil
		}
		args = append(args, "--data", dir)
	}
	return login.New(program, args...)
}
