package main

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"rentbell/core"
)

func TestWhatEndsACommandIsToldInWordsWithTheErrorBelow(t *testing.T) {
	tests := []struct {
		err  error
		want string
	}{
		{fmt.Errorf("data directory /data: %w", core.ErrInUse),
			"Rentbell is already running.\n" +
				"Another Rentbell on this computer has the same data open. Use that one, or close it and start again.\n" +
				"(data directory /data: the data is in use by another Rentbell)\n"},
		{errors.Join(&core.TunnelError{Code: "ERR_NGROK_107", Refused: true}, errors.New("close store")),
			"The ngrok authtoken was refused.\n" +
				"It was reset or taken back at ngrok. Paste the present one in Settings. " + elsewhere + "\n" +
				"(tunnel refused (ERR_NGROK_107); close store)\n"},
	}
	for _, tt := range tests {
		if got := inWords(tt.err); got != tt.want {
			t.Errorf("got\n%s\nwant\n%s", got, tt.want)
		}
	}
}

func TestOnlyLogLinesThatNeedAPersonCarryWords(t *testing.T) {
	refused := &core.TunnelError{Code: "ERR_NGROK_121", Refused: true}
	tests := []struct {
		name  string
		log   func(*slog.Logger)
		words bool
	}{
		{"refused", func(l *slog.Logger) { l.Error("tunnel refused", "err", refused) }, true},
		{"refused, with attributes before", func(l *slog.Logger) { l.With("a", 1).WithGroup("g").Error("tunnel refused", "err", refused) }, true},
		{"interrupted", func(l *slog.Logger) { l.Warn("tunnel interrupted", "err", refused) }, false},
		{"no error in it", func(l *slog.Logger) { l.Error("registration declined", "status", 401) }, false},
		{"an error without words", func(l *slog.Logger) { l.Error("no idea", "err", errors.New("bolt: page 7")) }, false},
	}
	for _, tt := range tests {
		var out bytes.Buffer
		tt.log(slog.New(wordy{slog.NewTextHandler(&out, nil)}))
		const wrong, do = `wrong="This Rentbell is too old for ngrok"`, `do="Install the newest Rentbell."`
		text := out.String()
		if got := strings.Contains(text, wrong) && strings.Contains(text, do); got != tt.words || strings.Contains(text, "do=") != tt.words {
			t.Errorf("%s: words %v, want %v:\n%s", tt.name, got, tt.words, text)
		}
	}
}

func TestManPageTellsOfEveryCommand(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", ".packaging", "linux", "rentbelld.1"))
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range regexp.MustCompile(`(?m)^  rentbelld ([a-z]+)`).FindAllStringSubmatch(usage, -1) {
		if !strings.Contains(string(page), "\n.B "+command[1]+"\n") {
			t.Errorf("rentbelld.1 says nothing of %s", command[1])
		}
	}
}
