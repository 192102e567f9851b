package main

import (
	"log/slog"
	"os"
	"path/filepath"

	"rentbell/cmd/internal/launch"
	"rentbell/cmd/internal/opengl"
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
	item, err := c.loginItem()
	if err != nil {
		log.Warn("cannot be started at sign-in", "err", err)
		return nil
	}
	return item
}

func (c call) loginItem() (*login.Item, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	program = opengl.Original(program) // setup and the user know of that one
	args := []string{"--hidden"}
	if profile, err := profileOf(c.dir); err != nil || profile != "" {
		dir, err := filepath.Abs(c.dir)
		if err != nil {
			return nil, err
		}
		args = append(args, "--data", dir)
	}
	return login.New(program, args...), nil
}

// setAtLogin turns the switch as --at-login says.
func (c call) setAtLogin() error {
	if c.dir == "" {
		usual, err := launch.DefaultDir()
		if err != nil {
			return err
		}
		c.dir = usual
	}
	item, err := c.loginItem()
	if err != nil {
		return err
	}
	if c.signIn == "on" {
		return item.Enable()
	}
	return item.Disable()
}
