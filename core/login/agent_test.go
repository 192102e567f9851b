package login

import (
	"encoding/xml"
	"slices"
	"testing"
)

func TestAgentStartsTheCommandAsItIs(t *testing.T) {
	command := []string{`/Applications/Rent & "Bell" <2>.app/Contents/MacOS/rentbell`, "--hidden", "--data", "/Users/mor gan/100%/$HOME"}
	text, err := composeAgent(command)
	if err != nil {
		t.Fatal(err)
	}
	var list struct {
		Keys      []string `xml:"dict>key"`
		Strings   []string `xml:"dict>string"`
		Arguments []string `xml:"dict>array>string"`
	}
	if err := xml.Unmarshal([]byte(text), &list); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(list.Arguments, command) {
		t.Errorf("starts %q, want %q", list.Arguments, command)
	}
	if list.Strings[0] != "app.rentbell.Rentbell" || !slices.Contains(list.Keys, "RunAtLoad") {
		t.Errorf("is labelled %q, with the keys %q", list.Strings[0], list.Keys)
	}
	if !agentStarts(text, command) || agentStarts(text, command[:3]) || agentStarts(text, append(command, "more")) || agentStarts("", command) {
		t.Error("an agent is taken for another's")
	}
}
