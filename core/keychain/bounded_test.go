package keychain

import (
	"errors"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"rentbell/core"
)

func TestRefusalsRepeatNoSecret(t *testing.T) {
	s := core.Secrets{APIKey: core.NewSecret("sk_live_1234567890")}
	err := refusal(errors.New("exit status 1: -w sk_live_1234567890"), s)
	if strings.Contains(err.Error(), "1234567890") || !strings.Contains(err.Error(), "exit status 1") {
		t.Errorf("refusal: %v", err)
	}
	if errors.Is(err, core.ErrNoVault) {
		t.Error("a refusal passes for no keychain")
	}
	if err := refusal(keyring.ErrUnsupportedPlatform, s); !errors.Is(err, core.ErrNoVault) {
		t.Errorf("no keychain on such a system: %v", err)
	}
}

func TestPanicOfTheClientIsAnError(t *testing.T) {
	const told = "sk_live_1234567890"
	_, err := guarded(func() (int, error) { panic(told) })
	if err = unanswered(err); !errors.Is(err, core.ErrNoVault) || strings.Contains(err.Error(), told) {
		t.Errorf("guarded: %v", err)
	}
}
