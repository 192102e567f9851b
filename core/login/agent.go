package login

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// composeAgent returns the property list of a launch agent that starts command.
func composeAgent(command []string) (string, error) {
	arguments, err := agentArguments(command)
	if err != nil {
		return "", err
	}
	return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>Label</key>
	<string>` + name + `</string>
` + arguments + `	<key>RunAtLoad</key>
	<true/>
	<key>LimitLoadToSessionType</key>
	<string>Aqua</string>
	<key>ProcessType</key>
	<string>Interactive</string>
</dict>
</plist>
`, nil
}

// agentStarts reports whether a property list starts command. Users do not edit
// this file, so any difference means that it is not ours.
func agentStarts(text string, command []string) bool {
	arguments, err := agentArguments(command)
	return err == nil && strings.Contains(text, arguments)
}

func agentArguments(command []string) (string, error) {
	var b strings.Builder
	b.WriteString("\t<key>ProgramArguments</key>\n\t<array>\n")
	for _, arg := range command {
		b.WriteString("\t\t<string>")
		if err := xml.EscapeText(&b, []byte(arg)); err != nil {
			return "", fmt.Errorf("write sign-in entry: %w", err)
		}
		b.WriteString("</string>\n")
	}
	b.WriteString("\t</array>\n")
	return b.String(), nil
}
