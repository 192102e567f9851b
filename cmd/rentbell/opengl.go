package main

import (
	"log/slog"
	"os"
	"os/exec"

	"rentbell/cmd/internal/opengl"
	"rentbell/ui/failure"
)

// drawElsewhere starts the copy of this program that draws without a driver. Where
// there is none, it says what is missing. It returns the exit code.
func drawElsewhere(log *slog.Logger) int {
	program, err := os.Executable()
	if err != nil {
		log.Error("find this program", "err", err)
	}
	if copied := opengl.Copy(program); copied != "" {
		second := exec.Command(copied, os.Args[1:]...)
		second.Stdout, second.Stderr = os.Stdout, os.Stderr
		if err = second.Start(); err == nil {
			log.Info("another copy draws without a driver", "program", copied)
			return 0
		}
		log.Error("start the copy that draws without a driver", "err", err)
	}
	title, text := failure.NoOpenGL()
	if err := opengl.Tell(title, text); err != nil {
		log.Error("say why Rentbell could not start", "err", err)
	}
	return exitFailed
}
