@{
    RootModule           = 'bin/MacvtapTools.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '5c0f3f0e-3d0b-4f5e-9a53-2f6b1f0c7b1d'
    Author               = 'MacvtapTools contributors'
    CompanyName          = 'MacvtapTools contributors'
    Copyright            = '(c) MacvtapTools contributors. MIT licence.'
    Description          = 'macvtap, macvlan, veth and bridge links on Linux: compiled cmdlets that speak to the kernel itself, tell the truth about it, and emit objects.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('bin/MacvtapTools.Format.ps1xml')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    CmdletsToExport      = @(
        'Add-BridgePort'
        'Add-LinkAddress'
        'Add-LinkAlternativeName'
        'Add-LinkMulticastGroup'
        'Add-LinkRoute'
        'Add-LinkSourceAddress'
        'Clear-LinkSourceAddress'
        'Disable-Hairpin'
        'Disable-Link'
        'Enable-Hairpin'
        'Enable-Link'
        'Export-FrameCapture'
        'Get-BridgePort'
        'Get-Link'
        'Get-LinkAddress'
        'Get-LinkForwarding'
        'Get-LinkMulticastGroup'
        'Get-LinkRoute'
        'Get-LinkStatistics'
        'Get-NetworkNamespace'
        'Get-TapDevice'
        'Import-FrameCapture'
        'Measure-LinkRate'
        'Move-Link'
        'New-BridgeLink'
        'New-EthernetFrame'
        'New-MacvlanLink'
        'New-MacvtapLink'
        'New-NetworkNamespace'
        'New-TapLink'
        'New-VethLink'
        'Receive-TapFrame'
        'Remove-BridgePort'
        'Remove-Link'
        'Remove-LinkAddress'
        'Remove-LinkAlternativeName'
        'Remove-LinkMulticastGroup'
        'Remove-LinkRoute'
        'Remove-LinkSourceAddress'
        'Remove-NetworkNamespace'
        'Rename-Link'
        'Send-TapFrame'
        'Set-BridgeLink'
        'Set-BridgePort'
        'Set-Link'
        'Set-LinkForwarding'
        'Set-LinkMode'
        'Watch-Link'
        'Watch-LinkFrame'
    )
    PrivateData          = @{
        PSData = @{
            Tags         = @('Linux', 'macvtap', 'macvlan', 'tap', 'bridge', 'hairpin', 'vepa', 'netlink', 'QEMU', 'libvirt', 'PSEdition_Core')
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
