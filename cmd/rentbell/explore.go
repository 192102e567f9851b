package main

import (
	"fmt"
	"os"
	"os/exec"
)

// explore starts a second Rentbell with sample data and waits until the user
// closes it. The second one keeps running when this one ends first.
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
