package ui

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"rentbell/core"
)

// cannotReach is the title of every trouble that only time or the network mends.
const cannotReach = "AppFolio cannot reach this computer"

// tunnelWords are ngrok's answers by the number in their code
// (ngrok.com/docs/errors/reference), in the words of those who meet them.
var tunnelWords = []struct {
	codes []int
	words Words
}{
	{[]int{105, 106}, Words{
		"The ngrok authtoken was refused",
		"What is saved does not look like an authtoken.",
		"Copy it again from your ngrok dashboard, under Your Authtoken, and paste it in Settings.",
	}},
	{[]int{107, 300}, Words{
		"The ngrok authtoken was refused",
		"It has been reset or taken back at ngrok.",
		"Copy the present one from your ngrok dashboard, under Your Authtoken, and paste it in Settings.",
	}},
	{[]int{4018}, Words{
		"The ngrok authtoken is missing",
		"ngrok gives an address only to those who say who they are.",
		"Copy your authtoken from your ngrok dashboard and paste it in Settings.",
	}},
	{[]int{108}, Words{
		"ngrok is in use on too many computers",
		"Your ngrok account allows no further program at the same time.",
		"Close ngrok or Rentbell on another computer. Rentbell keeps trying.",
	}},
	{[]int{123, 382}, Words{
		"ngrok does not know your e-mail address yet",
		"It serves an account once its e-mail address is verified.",
		"Open ngrok's e-mail and follow its link, then choose Try now.",
	}},
	{[]int{102, 337}, Words{
		"ngrok has stopped serving your account",
		"Your last payment to ngrok did not go through.",
		"Check Billing in your ngrok dashboard, then choose Try now.",
	}},
	{[]int{103, 338}, Words{
		"ngrok has stopped serving your account",
		"The account is suspended.",
		"Ask ngrok's support why, then choose Try now.",
	}},
	{[]int{115, 116}, Words{
		"ngrok does not serve you from this place",
		"Your account allows connections from certain networks only, and this is none of them.",
		"Check IP restrictions in your ngrok dashboard, then choose Try now.",
	}},
	{[]int{9009}, Words{
		"ngrok does not work through this network",
		"The internet is reached through a proxy here, and your ngrok plan does not include that.",
		"Use another network, or choose a plan that includes it.",
	}},
	{[]int{121}, Words{
		"This Rentbell is too old for ngrok",
		"ngrok no longer serves this version.",
		"Install the newest Rentbell.",
	}},
	{[]int{313, 314}, Words{
		"Your ngrok plan does not include this address",
		"Own names need a plan that allows them. Every account has one free address.",
		"Clear the reserved address in Settings to use the free one.",
	}},
	{[]int{316, 318, 319, 320, 354}, Words{
		"This address is not yours at ngrok",
		"The reserved address in Settings does not belong to your ngrok account.",
		"Copy yours from your ngrok dashboard, under Domains, or clear it to use your free one.",
	}},
	{[]int{326, 327, 328, 329, 330, 331, 347, 355, 396, 397}, Words{
		"This is no address ngrok can give",
		"The reserved address in Settings is not spelt like one.",
		"Copy yours from your ngrok dashboard, under Domains, or clear it to use your free one.",
	}},
	{[]int{324, 348, 349, 350, 351}, Words{
		"Your ngrok account has no room for another address",
		"It has as many open as your plan allows.",
		"Close ngrok on another computer, or choose a larger plan. Rentbell keeps trying.",
	}},
	{[]int{334}, Words{
		"Your address is in use",
		"Another program has it open, perhaps Rentbell on another computer.",
		"Close it there. Rentbell keeps trying.",
	}},
	{[]int{702, 725, 726, 727, 734}, Words{
		"Your ngrok plan is used up",
		"ngrok delivers nothing more until its next period begins.",
		"See Usage in your ngrok dashboard, or choose a larger plan. Rentbell keeps trying.",
	}},
	{[]int{8012}, Words{
		"Deliveries do not get through to Rentbell",
		"ngrok reaches this computer, but nothing answers there.",
		"Choose Try now. If it stays, close Rentbell and open it again.",
	}},
}

func explainTunnel(e *core.TunnelError) Words {
	number, err := strconv.Atoi(strings.TrimPrefix(e.Code, "ERR_NGROK_"))
	if err == nil {
		for _, t := range tunnelWords {
			if slices.Contains(t.codes, number) {
				return t.words
			}
		}
	}
	switch {
	case e.Refused:
		return Words{
			"ngrok does not open your address",
			"It refused, and for a reason Rentbell does not know." + codeNote(e.Code),
			"Check your account in your ngrok dashboard, then choose Try now.",
		}
	case e.Code != "":
		return Words{cannotReach, "ngrok does not open your address at the moment." + codeNote(e.Code), "Rentbell keeps trying."}
	}
	return explainDrop(silenceOf(e.Err), "")
}

// codeNote helps ngrok's support to help.
func codeNote(code string) string {
	if code == "" {
		return ""
	}
	return " Its code for this is " + code + "."
}

// explainDrop says why there is no connection; since says when it was lost,
// within a sentence, and is empty when there was none to lose.
func explainDrop(s silence, since string) Words {
	const keeps = "Check your Wi-Fi. Rentbell keeps trying."
	switch {
	case s == offline && since == "":
		return Words{cannotReach, "This computer has no way to the internet.", keeps}
	case s == offline:
		return Words{cannotReach, "The internet dropped " + since + ".", keeps}
	case s == tooSlow:
		return Words{cannotReach, "ngrok does not answer in time.", keeps}
	case s == shut:
		return Words{cannotReach, "The way to ngrok is shut, perhaps by a firewall or VPN.", "Try another network. Rentbell keeps trying."}
	case s == untrusted:
		return Words{cannotReach, "What answers on the way to ngrok cannot be trusted.",
			"Check this computer's date and time, and whether a firewall looks into connections."}
	case since == "":
		return Words{cannotReach, "There is no connection to ngrok.", keeps}
	}
	return Words{cannotReach, "The connection dropped " + since + ".", keeps}
}

// explainStatus says why deliveries do not arrive or are not kept, for the
// banner. ok is false while all is well, or is about to be.
func explainStatus(s core.Status, now time.Time) (w Words, ok bool) {
	switch {
	case s.Storage != nil:
		w = Explain(s.Storage)
		w.Title = "Rentbell cannot keep what arrives"
		w.Fix += " AppFolio sends again what was not kept."
		return w, true
	case s.Connection == core.ConnectionRefused:
		return Explain(s.Problem), true
	case s.Connection != core.Unreachable:
		return Words{}, false
	}
	var tunnel *core.TunnelError
	if errors.As(s.Problem, &tunnel) && tunnel.Code != "" {
		return explainTunnel(tunnel), true
	}
	since := ""
	if s.Address != "" { // it was open before
		since = at(s.Since, now)
	}
	return explainDrop(silenceOf(s.Problem), since), true
}
