package main

import (
	"fmt"
	"os"
	"os/exec"
)

// explore opens a second Rentbell, with sample data, and returns when the user
// has closed it. It goes on when this one ends first.
func explore() error {
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this program: %w", err)
	}
	demo := exec.Command(program, "--demo")
	demo.Stdout, demo.Stderr = os.Stdout, os.Stderr
	if err := demo.Run(); err != nil {
		return fmt.Errorf("run the demo: %w", err)
	}
	return nil
}
