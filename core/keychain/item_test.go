package keychain

import (
	"slices"
	"testing"

	"rentbell/core"
)

func TestRetiringSecretIsKeptBeforeItsSuccessor(t *testing.T) {
	var s core.Secrets
	items := new(system).items(&s)
	at := func(secret *core.Secret) int {
		return slices.IndexFunc(items, func(i item) bool { return i.secret == secret })
	}
	if at(&s.Retiring.Secret) > at(&s.WebhookSecret) {
		t.Error("a Save that ends half-way leaves the new secret without the old one")
	}
}

func TestRetiringSecretIsReadAsItWasWritten(t *testing.T) {
	for _, want := range []core.Retiring{
		{Secret: core.NewSecret("whsec_old"), Until: 1_800_000_000},
		{Secret: core.NewSecret("with a space\nand a line"), Until: -1},
	} {
		var got core.Retiring
		value := item{secret: &want.Secret, until: &want.Until}.encode()
		item{secret: &got.Secret, until: &got.Until}.decode(value)
		if got != want {
			t.Errorf("%q reads as %q until %d", value, got.Secret.Reveal(), got.Until)
		}
	}
}

func TestRetiringSecretOfOtherMakingIsNone(t *testing.T) {
	for _, value := range []string{"", " ", "whsec_old", "soon whsec_old", "1800000000", "1800000000 ", "99999999999999999999 whsec_old"} {
		var got core.Retiring
		item{secret: &got.Secret, until: &got.Until}.decode(value)
		if got != (core.Retiring{}) {
			t.Errorf("%q reads as %q until %d", value, got.Secret.Reveal(), got.Until)
		}
	}
}
